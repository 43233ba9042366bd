/** Two letters for a name: of the first and the last word, or the first two of a single one; `?` for who gave none. */
export function initials(name: string): string {
  if (name === UNNAMED) return '?';
  const words = name
    .replace(/\(guest\)/i, '')
    .trim()
    .split(/\s+/u);
  const [first = '', last] = [words[0], words.length > 1 ? words.at(-1) : undefined];
  const letters = last ? [...first].slice(0, 1).concat([...last].slice(0, 1)) : [...first].slice(0, 2);
  return letters.join('').toUpperCase();
}

/** What others see of somebody who gave no name. */
export const UNNAMED = 'unnamed';
