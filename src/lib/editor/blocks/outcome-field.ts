import type { EditorView } from '@tiptap/pm/view';
import type { KnownPeople } from '#core/outcomes/signed.ts';
import { offerNames } from '#lib/people/name-choices.ts';

export interface FieldParts {
  /** What it is, for screen readers. */
  label: string;
  placeholder: string;
  /** People to choose from, if it is a field for names. */
  people?: () => KnownPeople;
  value: () => string;
  write: (value: string) => void;
}

export interface OutcomeField {
  readonly dom: HTMLElement;
  readonly button: HTMLButtonElement;
  /** What the button says. */
  say(words: string): void;
}

/** A button that says a fact and becomes a field to write it in: Enter keeps, Escape leaves it as it was. */
export function outcomeField(view: EditorView, parts: FieldParts): OutcomeField {
  const dom = document.createElement('span');
  const button = document.createElement('button');
  dom.className = 'writes';
  button.type = 'button';
  button.className = 'btn btn-quiet btn-sm';
  dom.append(button);
  button.addEventListener('click', () => edit(view, dom, button, parts));
  return {
    dom,
    button,
    say: (words) => {
      button.textContent = words;
      button.setAttribute('aria-label', `${parts.label}: ${words}`);
    },
  };
}

function edit(view: EditorView, dom: HTMLElement, button: HTMLButtonElement, parts: FieldParts): void {
  const input = document.createElement('input');
  input.className = 'outcome-input';
  input.value = parts.value();
  input.placeholder = parts.placeholder;
  input.autocomplete = 'off';
  input.setAttribute('aria-label', parts.label);
  let open = true;
  let takeAway = (): void => undefined;
  const close = (write: boolean, back: boolean): void => {
    if (!open) return;
    open = false;
    takeAway();
    dom.replaceChildren(button);
    if (write && input.value !== parts.value()) parts.write(input.value);
    if (back) view.focus();
  };
  dom.replaceChildren(input);
  // Before the keys of the field: Enter takes the name that is chosen first.
  if (parts.people) takeAway = offerNames(input, { people: parts.people, onpointed: () => close(true, true) });
  input.addEventListener('keydown', (event) => {
    event.stopPropagation();
    if (event.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return;
    event.preventDefault();
    close(event.key === 'Enter', true);
  });
  input.addEventListener('blur', () => close(true, false));
  input.focus();
  input.select();
}
