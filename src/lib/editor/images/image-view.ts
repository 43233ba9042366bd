import { type AnyExtension, type Editor, Node as NodeExtension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { NodeSelection } from '@tiptap/pm/state';
import type { NodeView } from '@tiptap/pm/view';
import { anchorId } from '#core/note/anchors.ts';
import { imageAddress, imageFile } from '#core/note/images.ts';

/** Gives the schema's image its view; every other extension stays as it is. */
export function withImageView(extension: AnyExtension): AnyExtension {
  if (!(extension instanceof NodeExtension) || extension.name !== 'image') return extension;
  return extension.extend({
    addNodeView: () => (props) => new ImageView(props),
    addKeyboardShortcuts() {
      const describe = (): boolean => {
        const { selection } = this.editor.state;
        if (!(selection instanceof NodeSelection) || selection.node.type.name !== 'image') return false;
        const field = this.editor.view.dom.querySelector<HTMLElement>('.note-image.selected input');
        field?.focus();
        return field != null;
      };
      return { Tab: describe };
    },
  });
}

interface Props {
  node: Node;
  editor: Editor;
  getPos: () => number | undefined;
}

/** An image as large as it will be before it is there; below it, while it is selected, the field for what it shows. */
class ImageView implements NodeView {
  readonly dom = document.createElement('div');
  readonly #picture = document.createElement('img');
  readonly #missing = document.createElement('p');
  readonly #field = document.createElement('input');
  readonly #label = document.createElement('label');
  readonly #props: Props;
  #node: Node;
  /** What the field was filled with: only what was typed since is put into the note. */
  #filled = '';

  constructor(props: Props) {
    this.#props = props;
    this.#node = props.node;
    this.dom.className = 'note-image';
    this.#picture.decoding = 'async';
    this.#picture.draggable = false;
    this.#field.className = 'field';
    this.#field.placeholder = 'What it shows, for those who cannot see it';
    this.#field.addEventListener('keydown', (event) => this.#key(event));
    this.#field.addEventListener('blur', () => this.#take());
    this.#label.append('Alt text', this.#field);
    this.#show();
  }

  update(node: Node): boolean {
    if (node.type !== this.#node.type) return false;
    this.#node = node;
    // What others write is shown as long as nothing was typed here.
    if (this.#field.value === this.#filled) this.#fill();
    this.#show();
    return true;
  }

  selectNode(): void {
    this.dom.classList.add('selected');
    if (!this.#props.editor.isEditable) return;
    this.#fill();
    this.dom.append(this.#label);
  }

  deselectNode(): void {
    this.#take();
    this.dom.classList.remove('selected');
    this.#label.remove();
  }

  stopEvent(event: Event): boolean {
    return event.target instanceof Element && this.#label.contains(event.target);
  }

  /** What is shown here follows the document, never the other way round. */
  ignoreMutation(): boolean {
    return true;
  }

  #show(): void {
    const image = imageFile(this.#node.attrs['file']);
    const alt = altOf(this.#node);
    this.dom.id = anchorId(this.#node.attrs['anchor']) ?? '';
    if (!image) {
      this.#missing.textContent = alt;
      return this.dom.replaceChildren(this.#missing);
    }
    const address = imageAddress(image);
    if (this.#picture.getAttribute('src') !== address) this.#picture.src = address;
    [this.#picture.width, this.#picture.height, this.#picture.alt] = [image.width, image.height, alt];
    if (!this.#picture.isConnected) this.dom.prepend(this.#picture);
  }

  #key(event: KeyboardEvent): void {
    if (event.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return;
    event.preventDefault();
    if (event.key === 'Escape') this.#fill();
    this.#props.editor.view.focus();
  }

  #fill(): void {
    this.#field.value = altOf(this.#node);
    // Asked back: a field keeps no line ends.
    this.#filled = this.#field.value;
  }

  /** Puts what was typed into the note. */
  #take(): void {
    const { editor, getPos } = this.#props;
    const [pos, alt] = [getPos(), this.#field.value.trim()];
    if (!this.#label.isConnected || this.#field.value === this.#filled) return;
    if (pos === undefined || editor.isDestroyed || alt === altOf(this.#node).trim()) return;
    this.#filled = this.#field.value;
    editor.view.dispatch(editor.state.tr.setNodeAttribute(pos, 'alt', alt));
  }
}

function altOf(node: Node): string {
  const alt: unknown = node.attrs['alt'];
  return typeof alt === 'string' ? alt : '';
}
