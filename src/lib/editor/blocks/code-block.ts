import type { Node } from '@tiptap/pm/model';
import type { EditorView, NodeView } from '@tiptap/pm/view';
import { FIRST_LINES, LONG_CODE, linesOf } from '#core/code/long.ts';
import { CODE_LANGUAGES, codeLanguage } from '#core/code/languages.ts';
import type { MenuPart } from '#lib/ui/menu-parts.ts';
import { blockBar } from './block-bar.ts';
import { belowButton } from './code-caret.ts';
import { shownLanguage } from './code-colours.ts';
import { ControlledBlock } from './controlled-block.ts';
import { copyButton } from './copy-button.ts';
import { menuButton, type MenuButton } from './menu-button.ts';
import { opensBy } from './opened.ts';

/**
 * A block of code with its language, a button that copies it, and, when it is long, one that shows all of it. Whether it is shown
 * whole is each reader's own and not in the note.
 */
export class CodeBlock extends ControlledBlock implements NodeView {
  readonly dom = document.createElement('div');
  readonly contentDOM = document.createElement('code');
  readonly #view: EditorView;
  readonly #getPos: () => number | undefined;
  readonly #bar: HTMLElement;
  readonly #language: MenuButton;
  readonly #more = document.createElement('button');
  readonly #below: HTMLElement;
  #node: Node;
  #lines: number;
  #folded: boolean;

  constructor(node: Node, view: EditorView, getPos: () => number | undefined) {
    super();
    this.#node = node;
    this.#view = view;
    this.#getPos = getPos;
    this.#lines = linesOf(node.textContent);
    this.#folded = this.#lines > LONG_CODE;
    this.dom.className = 'code-block';
    const pre = document.createElement('pre');
    pre.append(this.contentDOM);
    this.#more.type = 'button';
    this.#more.tabIndex = -1;
    this.#more.className = 'code-more';
    this.#more.contentEditable = 'false';
    this.#more.addEventListener('click', () => this.#fold(!this.#folded));
    this.#language = menuButton(view, 'Language', true, () => this.#languages());
    const copy = copyButton(() => this.#node.textContent);
    this.#bar = blockBar(view, 'Code', this.#language.dom, copy);
    this.#below = belowButton(view);
    this.dom.append(this.#bar, pre, this.#more, this.#below);
    opensBy(this.dom, () => this.#fold(false));
    this.#show();
  }

  update(node: Node): boolean {
    if (node.type !== this.#node.type) return false;
    const before = this.#lines;
    this.#node = node;
    this.#lines = linesOf(node.textContent);
    // A page that someone puts in is folded; nothing that was in view before is hidden by it.
    if (before <= FIRST_LINES && this.#lines > LONG_CODE && !this.#hasCaret()) this.#folded = true;
    this.#show();
    return true;
  }

  protected isControl(target: globalThis.Node): boolean {
    return [this.#bar, this.#more, this.#below].some((control) => control.contains(target));
  }

  destroy(): void {
    this.#language.destroy();
  }

  #fold(folded: boolean): void {
    if (folded === this.#folded) return;
    this.#folded = folded;
    this.#show();
  }

  #show(): void {
    this.#language.say(shownLanguage(this.#node)?.words ?? (chosenName(this.#node) || 'Plain text'));
    const long = this.#lines > LONG_CODE;
    this.dom.toggleAttribute('data-folded', long && this.#folded);
    this.#more.hidden = !long;
    this.#more.textContent = this.#folded ? `Show all ${this.#lines} lines` : `Show the first ${FIRST_LINES} lines`;
    this.#more.setAttribute('aria-expanded', String(!this.#folded));
  }

  #languages(): MenuPart[] {
    const chosen = chosenName(this.#node);
    const found = { id: 'found', words: 'Found by its look', on: chosen === '', run: () => this.#choose(null) };
    const known = CODE_LANGUAGES.map(({ id, words }) => ({
      id,
      words,
      on: codeLanguage(chosen)?.id === id,
      run: () => this.#choose(id),
    }));
    return [{ entries: [found] }, { entries: known }];
  }

  /** Null leaves the language to be found. */
  #choose(language: string | null): void {
    const at = this.#getPos();
    this.#view.focus();
    if (at !== undefined) this.#view.dispatch(this.#view.state.tr.setNodeAttribute(at, 'language', language));
  }

  #hasCaret(): boolean {
    const at = this.#getPos();
    const { from, to } = this.#view.state.selection;
    return at !== undefined && from <= at + this.#node.nodeSize && to >= at;
  }
}

/** The language as it stands in the note; empty when it is left to be found. */
function chosenName({ attrs }: Node): string {
  const name: unknown = attrs['language'];
  return typeof name === 'string' ? name : '';
}
