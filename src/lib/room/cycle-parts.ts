/** F6 leads from part to part of the room, Shift+F6 back: note, pane, rail, and round again. */
export function cycleParts(event: KeyboardEvent): void {
  if (event.key !== 'F6' || event.ctrlKey || event.metaKey || event.altKey) return;
  const parts = [...document.querySelectorAll<HTMLElement>('[data-room-part]')].filter((part) =>
    part.checkVisibility(),
  );
  if (parts.length === 0) return;
  event.preventDefault();
  const at = parts.findIndex((part) => part.contains(document.activeElement));
  const next = parts[(at + (event.shiftKey ? -1 : 1) + parts.length) % parts.length];
  // Into the text itself, where there is one to write in.
  (next?.querySelector<HTMLElement>('[role=textbox]') ?? next)?.focus();
}
