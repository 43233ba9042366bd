import type { Node } from '@tiptap/pm/model';
import type { EditorView, NodeView } from '@tiptap/pm/view';
import type { MenuEntry } from '#lib/ui/menu-parts.ts';
import { blockBar } from './block-bar.ts';
import { ControlledBlock } from './controlled-block.ts';
import { menuButton, type MenuButton } from './menu-button.ts';
import { TABLE_CHANGES } from './table-menu.ts';

/** A table that scrolls sideways when it is wide, and the menu of what can be done to it. */
export class TableBlock extends ControlledBlock implements NodeView {
  readonly dom = document.createElement('div');
  readonly contentDOM = document.createElement('tbody');
  readonly #type: Node['type'];
  readonly #bar: HTMLElement;
  readonly #menu: MenuButton;

  constructor(node: Node, view: EditorView) {
    super();
    this.#type = node.type;
    this.dom.className = 'table-block';
    const scroll = document.createElement('div');
    scroll.className = 'table-scroll';
    const table = document.createElement('table');
    table.append(this.contentDOM);
    scroll.append(table);
    this.#menu = menuButton(view, 'Table', false, () => [{ entries: entries(view) }]);
    this.#menu.say('Table');
    this.#bar = blockBar(view, 'Table', this.#menu.dom);
    this.dom.append(this.#bar, scroll);
  }

  update(node: Node): boolean {
    return node.type === this.#type;
  }

  protected isControl(target: globalThis.Node): boolean {
    return this.#bar.contains(target);
  }

  destroy(): void {
    this.#menu.destroy();
  }
}

function entries(view: EditorView): MenuEntry[] {
  return TABLE_CHANGES.map(({ id, words, icon, change }) => ({
    id,
    words,
    icon,
    run: () => {
      view.focus();
      change(view.state, view.dispatch, view);
    },
  }));
}
