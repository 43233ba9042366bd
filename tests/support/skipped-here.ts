/** The end of the title of a test that this machine cannot run, for a reason; `npm test` notes it (tools/counts.mjs). */
export function skippedHere(why: string | null): string {
  return why === null ? '' : ` (skipped here: ${why})`;
}
