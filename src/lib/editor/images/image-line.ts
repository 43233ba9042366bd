/**
 * The line that stands where an image will be, for the person who brings it alone: its name, how far it is, and what can be done.
 * It is changed in place, so that nothing of the note is drawn anew while it goes on.
 */
export interface ImageLine {
  readonly dom: HTMLElement;
  waits(): void;
  /** `part` 0 to 1; 1 while the server works on it. */
  goes(part: number): void;
  failed(message: string, again: boolean): void;
}

/** What the buttons do. */
export interface LineActions {
  again(): void;
  remove(): void;
}

export function imageLine(name: string, { again, remove }: LineActions): ImageLine {
  const dom = document.createElement('div');
  dom.className = 'image-line';
  dom.contentEditable = 'false';
  const words = document.createElement('span');
  words.setAttribute('role', 'status');
  const bar = document.createElement('progress');
  bar.setAttribute('aria-label', name);
  const tryAgain = button('Try again', again);
  const end = button('Cancel', remove);
  dom.append(words, bar, tryAgain, end);
  const say = (text: string): void => {
    if (words.textContent !== text) words.textContent = text;
  };
  const busy = (text: string): void => {
    delete dom.dataset['failed'];
    bar.hidden = false;
    tryAgain.hidden = true;
    end.textContent = 'Cancel';
    say(text);
  };
  return {
    dom,
    waits() {
      bar.removeAttribute('value');
      busy(`${name} waits for the one before it`);
    },
    goes(part) {
      if (part < 1) bar.value = part;
      else bar.removeAttribute('value');
      busy(`Uploading ${name}`);
    },
    failed(message, mayTryAgain) {
      dom.dataset['failed'] = '';
      bar.hidden = true;
      tryAgain.hidden = !mayTryAgain;
      end.textContent = 'Remove';
      say(`${name}: ${message}`);
    },
  };
}

function button(words: string, run: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'btn btn-sm';
  made.textContent = words;
  made.addEventListener('click', run);
  return made;
}
