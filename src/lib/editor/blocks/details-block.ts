import type { Node } from '@tiptap/pm/model';
import type { EditorView, NodeView } from '@tiptap/pm/view';
import { asControls } from './block-bar.ts';
import { ControlledBlock } from './controlled-block.ts';
import { opensBy } from './opened.ts';

/** Details with a button that opens them. Whether they are open is each reader's own and not in the note. */
export class DetailsBlock extends ControlledBlock implements NodeView {
  readonly dom = document.createElement('div');
  readonly contentDOM = document.createElement('div');
  readonly #type: Node['type'];
  readonly #controls = document.createElement('span');
  readonly #button = document.createElement('button');

  constructor(node: Node, view: EditorView) {
    super();
    this.#type = node.type;
    this.dom.className = 'details-block';
    this.contentDOM.className = 'details-parts';
    this.#button.type = 'button';
    this.#button.className = 'details-button';
    this.#button.setAttribute('aria-label', 'Details');
    this.#button.addEventListener('click', () => this.#open(!this.#isOpen));
    this.#controls.append(this.#button);
    asControls(this.#controls, view);
    this.dom.append(this.#controls, this.contentDOM);
    // Who cannot write has no other use for a click on the line.
    this.contentDOM.addEventListener('click', ({ target }) => {
      const onSummary = target instanceof Element && target.closest('summary')?.parentElement === this.contentDOM;
      if (onSummary && !view.editable) this.#open(!this.#isOpen);
    });
    opensBy(this.dom, (part) => part?.type.name !== 'detailsSummary' && this.#open(true));
    this.#open(false);
  }

  update(node: Node): boolean {
    return node.type === this.#type;
  }

  protected isControl(target: globalThis.Node): boolean {
    return this.#controls.contains(target);
  }

  get #isOpen(): boolean {
    return this.dom.hasAttribute('data-open');
  }

  #open(open: boolean): void {
    this.dom.toggleAttribute('data-open', open);
    this.#button.setAttribute('aria-expanded', String(open));
  }
}
