import type { Node } from '@tiptap/pm/model';
import type { EditorView, NodeView } from '@tiptap/pm/view';
import { CALLOUTS, calloutKind, type CalloutKind } from '#core/note/callouts.ts';
import { blockBar } from './block-bar.ts';

const KINDS = Object.keys(CALLOUTS) as CalloutKind[];

/** A callout under a word; a press on it goes to the next kind. */
export class CalloutBlock implements NodeView {
  readonly dom = document.createElement('aside');
  readonly contentDOM = document.createElement('div');
  readonly #view: EditorView;
  readonly #getPos: () => number | undefined;
  readonly #type: Node['type'];
  readonly #bar: HTMLElement;
  /** What a reader sees in place of the button. */
  readonly #word = document.createElement('span');
  readonly #next = document.createElement('button');
  #kind: CalloutKind = 'note';

  constructor(node: Node, view: EditorView, getPos: () => number | undefined) {
    this.#view = view;
    this.#getPos = getPos;
    this.#type = node.type;
    this.#bar = blockBar(view, 'Callout', this.#next);
    this.#next.type = 'button';
    this.#next.className = 'btn btn-quiet btn-sm writes';
    this.#next.addEventListener('click', () => this.#toNextKind());
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

  stopEvent({ target }: Event): boolean {
    return target instanceof globalThis.Node && this.#bar.contains(target);
  }

  ignoreMutation({ target }: { target: globalThis.Node }): boolean {
    return target === this.dom || this.#bar.contains(target);
  }

  #toNextKind(): void {
    const at = this.#getPos();
    const next = KINDS[(KINDS.indexOf(this.#kind) + 1) % KINDS.length];
    if (at !== undefined && next) this.#view.dispatch(this.#view.state.tr.setNodeAttribute(at, 'kind', next));
  }

  #show({ attrs }: Node): void {
    this.#kind = calloutKind(attrs['kind']);
    this.dom.dataset['callout'] = this.#kind;
    this.#word.textContent = CALLOUTS[this.#kind];
    this.#next.textContent = CALLOUTS[this.#kind];
    this.#next.setAttribute('aria-label', `Kind: ${CALLOUTS[this.#kind]}`);
  }
}
