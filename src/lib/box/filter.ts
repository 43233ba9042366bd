/** How well words are found by what was typed: 0 is not at all. Every part typed must be found; a word’s beginning counts most. */
export function score(typed: string, words: string): number {
  const text = words.toLowerCase();
  let sum = 1;
  for (const part of typed.toLowerCase().split(/\s+/).filter(Boolean)) {
    const found = partScore(part, text);
    if (found === 0) return 0;
    sum += found;
  }
  return sum;
}

function partScore(part: string, text: string): number {
  const at = text.indexOf(part);
  if (at === 0) return 4;
  if (at > 0) return /[\p{L}\p{N}]/u.test(text[at - 1] ?? '') ? 2 : 3;
  return lettersInOrder(part, text) ? 1 : 0;
}

/** Each letter typed stands in the text, in their order. */
function lettersInOrder(part: string, text: string): boolean {
  let at = -1;
  return [...part].every((letter) => (at = text.indexOf(letter, at + 1)) >= 0);
}
