import { Node } from '@tiptap/core';
import { imageAddress, imageAt, imageFile } from '../images.ts';
import type { ElementLike } from './element.ts';

export interface ImageOptions {
  /** Origin of this server, so that its own images are known by a whole address too. */
  origin: string;
}

/** An image that was uploaded here; images of other places do not become nodes. */
export const Image = Node.create<ImageOptions>({
  name: 'image',
  group: 'block',
  atom: true,
  draggable: true,
  addOptions: () => ({ origin: '' }),
  addAttributes() {
    const { origin } = this.options;
    return {
      file: {
        default: null,
        rendered: false,
        parseHTML: (element: ElementLike) => imageAt(element.getAttribute('src'), origin)?.file ?? null,
      },
      alt: { default: '', rendered: false, parseHTML: (element: ElementLike) => element.getAttribute('alt') ?? '' },
    };
  },
  parseHTML() {
    const { origin } = this.options;
    return [
      {
        tag: 'img[src]',
        getAttrs: (element: ElementLike) => (imageAt(element.getAttribute('src'), origin) ? null : false),
      },
    ];
  },
  renderHTML: ({ node }) => {
    const image = imageFile(node.attrs['file']);
    const alt = typeof node.attrs['alt'] === 'string' ? node.attrs['alt'] : '';
    if (!image) return ['p', {}, alt];
    return ['img', { src: imageAddress(image), width: image.width, height: image.height, alt }];
  },
});
