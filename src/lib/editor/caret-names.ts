import { Extension } from '@tiptap/core';
import { Plugin } from '@tiptap/pm/state';

/** Two names closer than this stand in one line, in px: less than any line is high. */
const ONE_LINE = 14;
/** How many the margin holds side by side. */
const PLACES = 3;

/**
 * Keeps the names at carets apart: alone in its line a caret has a first name, several have initials side by side, the last of
 * them saying how many more there are. Near the right edge a name above its caret opens to the left.
 */
export const CaretNames = Extension.create({
  name: 'caretNames',
  addProseMirrorPlugins() {
    return [
      new Plugin({
        view: (view) => {
          let asked = 0;
          // Once a frame, when the carets stand where they will be seen.
          const soon = (): void => {
            asked ||= requestAnimationFrame(() => {
              asked = 0;
              const labels = [...view.dom.querySelectorAll<HTMLElement>('.caret-name')];
              // In a long note carets come into being for the eye when their block does. All its blocks tell when they first stand.
              if (labels.length > 0) view.dom.addEventListener('contentvisibilityautostatechange', soon);
              arrange(labels.filter(isLaidOut), view.dom.getBoundingClientRect().right);
            });
          };
          addEventListener('resize', soon);
          return {
            update: soon,
            destroy: () => {
              cancelAnimationFrame(asked);
              removeEventListener('resize', soon);
              view.dom.removeEventListener('contentvisibilityautostatechange', soon);
            },
          };
        },
      }),
    ];
  },
});

/** Far from the screen a long note is not laid out (note.css), and measuring there would do it after all. */
function isLaidOut(label: HTMLElement): boolean {
  return label.checkVisibility({ contentVisibilityAuto: true });
}

/** All is measured before anything is changed, so that the page is laid out once. */
function arrange(labels: HTMLElement[], right: number): void {
  const placed = labels.map((label) => ({ label, at: (label.parentElement ?? label).getBoundingClientRect() }));
  placed.sort((one, other) => one.at.top - other.at.top || one.at.left - other.at.left);
  let line: typeof placed = [];
  const lines: (typeof placed)[] = [];
  for (const one of placed) {
    const first = line[0];
    if (!first || one.at.top - first.at.top >= ONE_LINE) lines.push((line = []));
    line.push(one);
  }
  for (const each of lines) each.forEach(({ label, at }, index) => show(label, index, each.length, right - at.left));
}

function show(label: HTMLElement, index: number, count: number, room: number): void {
  const { first = '', initials = '' } = label.dataset;
  const over = count - PLACES;
  const rest = over > 0 && index === PLACES - 1;
  const shown = Math.min(count, PLACES);
  const text = count === 1 ? first : rest ? `+${over + 1}` : initials;
  if (label.textContent !== text) label.textContent = text;
  set(label, 'place', count === 1 ? null : index < shown ? String(shown - 1 - index) : 'more');
  // About as wide as its letters are many.
  set(label, 'flip', room < 16 + text.length * 8 ? '' : null);
}

function set(label: HTMLElement, name: string, value: string | null): void {
  if (value === null) delete label.dataset[name];
  else if (label.dataset[name] !== value) label.dataset[name] = value;
}
