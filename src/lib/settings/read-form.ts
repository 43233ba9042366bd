import type { RefusedField, Texts } from '#core/event/settle/form.ts';
import type { FormBack } from './form-state.ts';

/** Before the name of a field: what it was when the form was shown. */
const WAS = 'was.';

/** Fields of a sent form, each with what it was when it was shown. A box that is not ticked is not sent, and is empty. */
export function readForm(form: FormData): { typed: Texts; seen: Texts } {
  const seen = Object.fromEntries(
    [...form.keys()].filter((key) => key.startsWith(WAS)).map((key) => [key.slice(WAS.length), textIn(form, key)]),
  );
  const typed = Object.fromEntries(Object.keys(seen).map((name) => [name, textIn(form, name)]));
  return { typed, seen };
}

export function textIn(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

/** The form with what was typed, but not with what was left as it was: that may be something else by now. */
export function backWith(
  form: string,
  target: string | null,
  { typed, seen }: { typed: Texts; seen: Texts },
  refused: RefusedField[],
): FormBack {
  const touched = Object.entries(typed).filter(([name, text]) => plain(text) !== plain(seen[name]));
  return { form, target, typed: Object.fromEntries(touched), refused };
}

const plain = (text = ''): string => text.replace(/\r\n?/g, '\n');
