/** Colours, titles and cursor moves of a terminal: CSI, OSC and the short ones. */
const TERMINAL =
  /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[PX^_][^\u001b]*\u001b\\|[ -/]*[0-~])/g;
/** How a manual page writes bold and underlined: a character, a step back, a character. */
const OVERSTRUCK = /[^\n]\u0008/g;

/** What was on the clipboard as text: lines end in `\n`, and nothing is left that cannot be seen but tabs. */
export function plainText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(TERMINAL, '')
    .replace(OVERSTRUCK, '')
    .replace(/[^\P{Cc}\t\n]/gu, '');
}

/** Without the blank lines around it. */
export function withoutOuterBlank(text: string): string {
  return text.replace(/^(?:[ \t]*\n)+/, '').trimEnd();
}
