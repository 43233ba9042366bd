import { Extension } from '@tiptap/core';
import { Plugin } from '@tiptap/pm/state';
import { safeHref } from '#core/note/links.ts';

/**
 * Ctrl or Cmd and a click open a link; a click alone sets the caret. The address is checked once more, because attributes
 * arrive from others unchecked.
 */
export const Links = Extension.create({
  name: 'links',
  addProseMirrorPlugins() {
    return [
      new Plugin({
        props: {
          handleDOMEvents: {
            click: (view, event) => {
              const href = hrefAt(event.target);
              if (href === undefined) return false;
              // A reader's click would follow the link by itself, unchecked.
              event.preventDefault();
              if (href && (event.ctrlKey || event.metaKey || !view.editable)) window.open(href, '_blank', 'noopener');
              return false;
            },
          },
        },
      }),
    ];
  },
});

/** The address of the link at this element; null when it may not be followed, undefined when there is no link. */
function hrefAt(target: EventTarget | null): string | null | undefined {
  const link = target instanceof Element ? target.closest('a') : null;
  return link ? safeHref(link.getAttribute('href')) : undefined;
}
