import type { EditorView } from '@tiptap/pm/view';
import { IMAGE_BYTES, imageType, tooLong, WRONG_TYPE } from '#core/note/image-uploads.ts';
import { addComing, dropComing, placeOf } from './coming-images.ts';
import { type ImageLine, imageLine } from './image-line.ts';
import { placeNear } from './image-place.ts';
import { type Upload, uploadImage } from './upload-image.ts';

/** The images one person brings into one note: sent one after the other, each put where it was dropped when it is there. */
export class ImageUploads {
  readonly #view: EditorView;
  readonly #address: string;
  readonly #going = new Map<number, Upload>();
  #last: Promise<unknown> = Promise.resolve();
  #count = 0;

  constructor(view: EditorView, address: string) {
    this.#view = view;
    this.#address = address;
  }

  /** `pos` is where in the document they were brought to. */
  add(files: readonly File[], pos: number): void {
    const type = this.#imageNode();
    const place = type && placeNear(this.#view.state.doc, pos, type);
    if (place == null) return;
    for (const file of files) this.#come(file, place);
  }

  /** Nothing goes on, and nothing is put into the note any more. */
  end(): void {
    for (const { cancel } of this.#going.values()) cancel();
    this.#going.clear();
  }

  #come(file: File, pos: number): void {
    const id = (this.#count += 1);
    const send = (): void => {
      line.waits();
      const run = (): Promise<void> => this.#send(id, file, line);
      this.#last = this.#last.then(run, run);
    };
    const line = imageLine(file.name || 'Image', { again: send, remove: () => this.#remove(id) });
    addComing(this.#view, { id, line, pos });
    const refused = refusal(file);
    if (refused === null) send();
    else line.failed(refused, false);
  }

  async #send(id: number, file: File, line: ImageLine): Promise<void> {
    if (this.#view.isDestroyed || placeOf(this.#view.state, id) === null) return;
    line.goes(0);
    const upload = uploadImage(this.#address, file, (part) => line.goes(part));
    this.#going.set(id, upload);
    const answer = await upload.done;
    this.#going.delete(id);
    if (answer === null || this.#view.isDestroyed) return;
    if (!answer.ok) line.failed(answer.message, true);
    else if (!this.#put(id, answer.file)) line.failed('This note can no longer be changed.', false);
  }

  /** False when it may stand nowhere any more. */
  #put(id: number, file: string): boolean {
    const view = this.#view;
    const near = placeOf(view.state, id);
    if (near === null) return true;
    const { tr, schema } = view.state;
    const image = this.#imageNode()?.create({ file });
    const place = image && placeNear(tr.doc, near, image.type);
    if (!view.editable || !image || place == null) return false;
    // Behind an image that ends the note nobody could write.
    const paragraph = place === tr.doc.content.size ? schema.nodes['paragraph']?.create() : undefined;
    view.dispatch(dropComing(tr.insert(place, paragraph ? [image, paragraph] : image), id));
    return true;
  }

  #remove(id: number): void {
    this.#going.get(id)?.cancel();
    this.#view.dispatch(dropComing(this.#view.state.tr, id));
    this.#view.focus();
  }

  #imageNode() {
    return this.#view.state.schema.nodes['image'];
  }
}

/** What the server would refuse anyway is not sent. */
function refusal({ type, size }: File): string | null {
  if (imageType(type) === null) return WRONG_TYPE;
  return size > IMAGE_BYTES ? tooLong(size) : null;
}
