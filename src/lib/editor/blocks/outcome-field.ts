import type { EditorView } from '@tiptap/pm/view';

export interface FieldParts {
  /** What it is, for screen readers. */
  label: string;
  placeholder: string;
  /** Names to choose from, if any. */
  choices?: () => readonly string[];
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

let lists = 0;

function edit(view: EditorView, dom: HTMLElement, button: HTMLButtonElement, parts: FieldParts): void {
  const input = document.createElement('input');
  input.className = 'outcome-input';
  input.value = parts.value();
  input.placeholder = parts.placeholder;
  input.autocomplete = 'off';
  input.setAttribute('aria-label', parts.label);
  const list = choices(parts.choices?.() ?? []);
  if (list) input.setAttribute('list', list.id);
  let open = true;
  const close = (write: boolean, back: boolean): void => {
    if (!open) return;
    open = false;
    dom.replaceChildren(button);
    if (write && input.value !== parts.value()) parts.write(input.value);
    if (back) view.focus();
  };
  input.addEventListener('keydown', (event) => {
    event.stopPropagation();
    if (event.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return;
    event.preventDefault();
    close(event.key === 'Enter', true);
  });
  input.addEventListener('blur', () => close(true, false));
  dom.replaceChildren(input, ...(list ? [list] : []));
  input.focus();
  input.select();
}

function choices(names: readonly string[]): HTMLDataListElement | null {
  if (names.length === 0) return null;
  const list = document.createElement('datalist');
  list.id = `outcome-names-${lists++}`;
  for (const name of names) list.append(new Option(name, name));
  return list;
}
