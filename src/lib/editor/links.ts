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
          // True: no selection of the whole node, which is what Ctrl and a click mean elsewhere.
          handleClick: (view, _pos, event) => {
            const href = hrefAt(event.target);
            if (!href || !(event.ctrlKey || event.metaKey || !view.editable)) return false;
            window.open(href, '_blank', 'noopener');
            return true;
          },
          // The browser would follow a reader's click by itself, unchecked.
          handleDOMEvents: {
            click: (view, event) => {
              const href = hrefAt(event.target);
              if (href === undefined) return false;
              event.preventDefault();
              // By Enter on a link that has the focus, which only a reader's can have: no place was clicked.
              if (href !== null && event.detail === 0 && !view.editable) window.open(href, '_blank', 'noopener');
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
