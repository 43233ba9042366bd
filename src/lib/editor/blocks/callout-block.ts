import type { Node } from '@tiptap/pm/model';
import type { EditorView, NodeView } from '@tiptap/pm/view';
import { CALLOUTS, calloutKind, type CalloutKind } from '#core/note/callouts.ts';
import type { MenuPart } from '#lib/ui/menu-parts.ts';
import { blockBar } from './block-bar.ts';
import { ControlledBlock } from './controlled-block.ts';
import { menuButton, type MenuButton } from './menu-button.ts';

const KINDS = Object.keys(CALLOUTS) as CalloutKind[];

/** A callout under a word, which is the button of the menu of kinds. */
export class CalloutBlock extends ControlledBlock implements NodeView {
  readonly dom = document.createElement('aside');
  readonly contentDOM = document.createElement('div');
  readonly #view: EditorView;
  readonly #getPos: () => number | undefined;
  readonly #type: Node['type'];
  readonly #bar: HTMLElement;
  /** What a reader sees in place of the button. */
  readonly #word = document.createElement('span');
  readonly #menu: MenuButton;
  #kind: CalloutKind = 'note';

  constructor(node: Node, view: EditorView, getPos: () => number | undefined) {
    super();
    this.#view = view;
    this.#getPos = getPos;
    this.#type = node.type;
    this.#menu = menuButton(view, 'Kind', true, () => this.#kinds());
    this.#bar = blockBar(view, 'Callout', this.#menu.dom);
    this.#bar.className = 'callout-word';
    this.#word.className = 'reads';
    this.#bar.append(this.#word);
    this.dom.setAttribute('role', 'note');
    this.dom.append(this.#bar, this.contentDOM);
    this.#show(node);
  }

  update(node: Node): boolean {
    if (node.type !== this.#type) return false;
    this.#show(node);
    return true;
  }

  protected isControl(target: globalThis.Node): boolean {
    return this.#bar.contains(target);
  }

  destroy(): void {
    this.#menu.destroy();
  }

  #kinds(): MenuPart[] {
    const entries = KINDS.map((kind) => ({
      id: kind,
      words: CALLOUTS[kind],
      on: kind === this.#kind,
      run: () => this.#choose(kind),
    }));
    return [{ entries }];
  }

  #choose(kind: CalloutKind): void {
    const at = this.#getPos();
    this.#view.focus();
    if (at !== undefined) this.#view.dispatch(this.#view.state.tr.setNodeAttribute(at, 'kind', kind));
  }

  #show({ attrs }: Node): void {
    this.#kind = calloutKind(attrs['kind']);
    this.dom.dataset['callout'] = this.#kind;
    this.#word.textContent = CALLOUTS[this.#kind];
    this.#menu.say(CALLOUTS[this.#kind]);
  }
}
