import { Extension } from '@tiptap/core';
import { Plugin } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { IMAGE_TYPES } from '#core/note/image-uploads.ts';
import { comingImages } from './coming-images.ts';
import { ImageUploads } from './image-uploads.ts';
import './images.css';

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    images: {
      /** Opens the list of files; those chosen come to where the caret is then. */
      chooseImages: () => ReturnType;
    };
  }
}

interface ImagesOptions {
  /** Where images of this note are sent to. */
  address: string;
}

interface ImagesStorage {
  uploads: ImageUploads | null;
}

/** Images come by paste, by drop and by choice. A dropped file never takes the page's place, whatever it is. */
export const Images = Extension.create<ImagesOptions, ImagesStorage>({
  name: 'images',
  // Before what reads text out of the clipboard: a copied picture brings HTML along that only points at it.
  priority: 1_500,
  addOptions: () => ({ address: '' }),
  addStorage: () => ({ uploads: null }),

  addCommands() {
    return {
      chooseImages:
        () =>
        ({ view, dispatch }) => {
          const { uploads } = this.storage;
          if (dispatch && uploads) choose((files) => uploads.add(files, view.state.selection.from));
          return uploads !== null;
        },
    };
  },

  addProseMirrorPlugins() {
    const { options, storage } = this;
    return [
      comingImages(),
      new Plugin({
        view(view) {
          const uploads = (storage.uploads = new ImageUploads(view, options.address));
          return {
            destroy() {
              uploads.end();
              storage.uploads = null;
            },
          };
        },
        props: {
          handlePaste: (view, { clipboardData }) => {
            if (!clipboardData || clipboardData.getData('text/plain').trim() !== '') return false;
            return take(storage.uploads, clipboardData, view.state.selection.from);
          },
          handleDOMEvents: {
            drop: (view, event) => {
              // What is moved within the note is no file, whatever the browser makes of it.
              if (view.dragging || !event.dataTransfer?.files.length) return false;
              event.preventDefault();
              return view.editable && take(storage.uploads, event.dataTransfer, dropPlace(view, event));
            },
          },
        },
      }),
    ];
  },
});

function take(uploads: ImageUploads | null, { files }: DataTransfer, pos: number): boolean {
  if (!uploads || files.length === 0) return false;
  uploads.add([...files], pos);
  return true;
}

function dropPlace(view: EditorView, { clientX, clientY }: DragEvent): number {
  return view.posAtCoords({ left: clientX, top: clientY })?.pos ?? view.state.selection.from;
}

function choose(chosen: (files: File[]) => void): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = IMAGE_TYPES.join(',');
  input.multiple = true;
  input.addEventListener('change', () => chosen([...(input.files ?? [])]));
  input.click();
}
