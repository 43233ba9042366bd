import type { RefusedField, Texts } from '#core/event/settle/form.ts';

/** A form that came back, because something in it was not taken. */
export interface FormBack {
  form: string;
  /** Which of several forms of that name. */
  target: string | null;
  /** Fields that were touched; the others show what they are now. */
  typed: Texts;
  refused: RefusedField[];
}

/** What the fields of one form show. */
export interface FormState {
  value(name: string): string;
  /** What it was when it was shown, sent along: the server compares. */
  was(name: string): string;
  error(name: string): string;
  /** True when the form came back. */
  refused: boolean;
}

export function formState(seen: Texts, back: FormBack | null, form: string, target: string | null = null): FormState {
  const here = back?.form === form && back.target === target ? back : null;
  return {
    value: (name) => here?.typed[name] ?? seen[name] ?? '',
    was: (name) => seen[name] ?? '',
    error: (name) => here?.refused.find(({ field }) => field === name)?.message ?? '',
    refused: here !== null,
  };
}
