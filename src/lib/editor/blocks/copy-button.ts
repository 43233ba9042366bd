/** A button that copies a text, and says so until it is left. */
export function copyButton(text: () => string): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'btn btn-quiet btn-sm';
  const words = document.createElement('span');
  words.setAttribute('role', 'status');
  const say = (said: string) => (words.textContent = said);
  const again = () => say('Copy');
  button.append(words);
  button.addEventListener('click', () => {
    navigator.clipboard.writeText(text()).then(
      () => say('Copied'),
      () => say('Not copied'),
    );
  });
  button.addEventListener('blur', again);
  button.addEventListener('pointerleave', again);
  again();
  return button;
}
