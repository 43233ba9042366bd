/**
 * Keeps what is typed out of the page, for a field that was asked for and is not there yet. What it gives ends that and returns
 * the text, for the field to begin with. Keys that would change the text they are not meant for do nothing meanwhile.
 */
export function holdTyping(): () => string {
  let text = '';
  const hold = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Backspace') text = text.slice(0, -1);
    else if (event.key.length === 1) text += event.key;
    else if (event.key !== 'Enter' && event.key !== 'Delete') return;
    event.preventDefault();
    event.stopPropagation();
  };
  addEventListener('keydown', hold, true);
  return () => {
    removeEventListener('keydown', hold, true);
    return text;
  };
}
