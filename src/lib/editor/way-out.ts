import { Extension } from '@tiptap/core';
import { Plugin } from '@tiptap/pm/state';

/**
 * The way out by keyboard: Escape, then Tab or Shift+Tab, moves on even where Tab indents. In a list Tab never leaves by
 * accident, also where there is nothing to indent.
 */
export const WayOut = Extension.create({
  name: 'wayOut',
  // Above the lists' own Tab.
  priority: 2_000,

  addProseMirrorPlugins() {
    let leaving = false;
    return [
      new Plugin({
        props: {
          handleDOMEvents: {
            // True keeps all other handlers away and leaves the key to the browser.
            keydown: (_view, event) => {
              if (event.key === 'Shift') return false;
              const out = leaving && event.key === 'Tab';
              leaving = event.key === 'Escape';
              return out;
            },
            blur: () => {
              leaving = false;
              return false;
            },
          },
        },
      }),
    ];
  },
});

/** Placed after the lists' keys: swallows a Tab that could not indent or outdent. */
export const KeepTabInLists = Extension.create({
  name: 'keepTabInLists',
  priority: 1,
  addKeyboardShortcuts() {
    const inList = (): boolean => this.editor.isActive('listItem');
    return { Tab: inList, 'Shift-Tab': inList };
  },
});
