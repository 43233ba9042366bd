import type { Node } from '@tiptap/pm/model';
import type { EditorView, NodeView } from '@tiptap/pm/view';
import { outcomeData, outcomeDetails, outcomeHead } from '#core/note/outcome-html.ts';
import { joinOwners, outcomeFacts, type OutcomeFacts } from '#core/outcomes/facts.ts';
import { STATES } from '#core/outcomes/kinds.ts';
import { knownOwners, namesOf } from '#core/outcomes/names.ts';
import type { KnownPeople } from '#core/outcomes/signed.ts';
import type { MenuPart } from '#lib/ui/menu-parts.ts';
import { asControls } from './block-bar.ts';
import { ControlledBlock } from './controlled-block.ts';
import { menuButton, type MenuButton } from './menu-button.ts';
import { outcomeField, type OutcomeField } from './outcome-field.ts';

type Fact = 'state' | 'owners' | 'due' | 'more';
const FACTS: readonly Fact[] = ['state', 'owners', 'due', 'more'];
/** What a button says when there is nothing to say yet. */
const NONE: Readonly<Record<Fact, string>> = { state: '', owners: 'Owner', due: 'Due', more: 'Why, where' };

/** A line with the word of its kind, its number, and its facts, each of which is a button to those who write. */
export class OutcomeBlock extends ControlledBlock implements NodeView {
  readonly dom = document.createElement('section');
  readonly contentDOM = element('p', 'outcome-text');
  readonly #view: EditorView;
  readonly #getPos: () => number | undefined;
  readonly #type: Node['type'];
  readonly #head = element('p', 'outcome-head');
  readonly #word = element('span', 'outcome-word');
  readonly #short = element('span', 'outcome-short');
  readonly #bar = element('div', 'outcome-facts');
  readonly #menu: MenuButton;
  readonly #fields: Readonly<Record<Exclude<Fact, 'state'>, OutcomeField>>;
  /** What a reader sees in place of the buttons. */
  readonly #said = Object.fromEntries(FACTS.map((fact) => [fact, element('span', `outcome-${fact} reads`)]));
  #facts: OutcomeFacts;

  constructor(node: Node, view: EditorView, getPos: () => number | undefined, people: () => KnownPeople) {
    super();
    this.#view = view;
    this.#getPos = getPos;
    this.#type = node.type;
    this.#facts = outcomeFacts(node.attrs);
    this.#menu = menuButton(view, 'State', true, () => this.#states());
    const field = (fact: Fact, label: string, placeholder: string, read: (words: string) => string) =>
      outcomeField(view, {
        label,
        placeholder,
        ...(fact === 'owners' && { people }),
        value: () => this.#facts[fact],
        write: (value) => this.#write(fact, outcomeFacts({ [fact]: read(value) })[fact]),
      });
    this.#fields = {
      owners: field('owners', 'Owner', 'Name, initials, nickname', (words) =>
        joinOwners(knownOwners(namesOf(words), people())),
      ),
      due: field('due', 'Due', '2023-12-01, before v6.20', (words) => words),
      more: field('more', 'Why, where', 'Reason or address', (words) => words),
    };
    this.#head.contentEditable = 'false';
    this.#head.append(this.#word, ' ', this.#short);
    const { owners, due, more } = this.#fields;
    this.#bar.append(this.#menu.dom, owners.dom, due.dom, more.dom, ...Object.values(this.#said));
    this.#bar.setAttribute('role', 'toolbar');
    asControls(this.#bar, view);
    this.dom.append(this.#head, this.contentDOM, this.#bar);
    this.#show();
  }

  update(node: Node): boolean {
    if (node.type !== this.#type) return false;
    this.#facts = outcomeFacts(node.attrs);
    this.#show();
    return true;
  }

  protected isControl(target: globalThis.Node): boolean {
    return this.#bar.contains(target) || this.#head.contains(target);
  }

  destroy(): void {
    this.#menu.destroy();
  }

  #states(): MenuPart[] {
    const { kind, state } = this.#facts;
    const entries = STATES[kind].map((each) => ({
      id: each,
      words: outcomeDetails({ ...this.#facts, state: each }).state,
      on: each === state,
      run: () => {
        this.#view.focus();
        this.#write('state', each);
      },
    }));
    return [{ entries }];
  }

  /** One attribute and no other: who changes another at once loses nothing. */
  #write(fact: Fact, value: string): void {
    const at = this.#getPos();
    if (at !== undefined) this.#view.dispatch(this.#view.state.tr.setNodeAttribute(at, fact, value));
  }

  #show(): void {
    const head = outcomeHead(this.#facts);
    const details = outcomeDetails(this.#facts);
    for (const name of ['id', 'short', 'state', 'owners', 'due', 'more']) delete this.dom.dataset[name];
    for (const [name, value] of Object.entries(outcomeData(this.#facts))) this.dom.setAttribute(name, value);
    this.#word.textContent = head.word;
    this.#short.textContent = head.short;
    this.#bar.setAttribute('aria-label', `${head.word} ${head.short}`);
    this.#menu.say(details.state);
    for (const fact of FACTS) {
      const said = this.#said[fact];
      if (said) said.textContent = details[fact];
      if (fact !== 'state') this.#fields[fact].say(details[fact] || NONE[fact]);
    }
    this.#fields.more.dom.hidden = this.#facts.more === '' && this.#facts.state === STATES[this.#facts.kind][0];
  }
}

function element(tag: 'p' | 'span' | 'div', className: string): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  return made;
}
