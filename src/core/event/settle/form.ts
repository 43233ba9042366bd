import type { Checked } from '../checked.ts';
import type { Event } from '../model.ts';

/** What a person typed, or saw, by field. */
export type Texts = Readonly<Partial<Record<string, string>>>;

/** One field of a form: how a part of the event is written there, and what becomes of what was typed. */
export interface FormField {
  name: string;
  /** As the log of changes names it. */
  label: string;
  /** `null`: an import knows nothing of it. Else the mark that keeps imports from changing it. */
  own: string | null;
  read(event: Event): string;
  check(text: string, event: Event): Checked<Change>;
}

/** Puts the checked value in. */
export type Change = <E extends Event>(event: E) => E;

/** A field that was not taken. */
export interface RefusedField {
  field: string;
  message: string;
  /** What it is now, when somebody changed it since it was shown. */
  now: string | null;
}

export interface FieldChange {
  label: string;
  own: string | null;
  before: string;
  after: string;
}

export type Applied<E extends Event> =
  { ok: true; event: E; changes: FieldChange[] } | { ok: false; refused: RefusedField[] };

/**
 * Applies what was typed, compared with what was seen: a field that was left as it was shown changes nothing, and one that somebody
 * else changed meanwhile is refused with what it is now. All or nothing.
 */
export function applyForm<E extends Event>(
  event: E,
  fields: readonly FormField[],
  typed: Texts,
  seen: Texts,
): Applied<E> {
  const refused: RefusedField[] = [];
  const changes: FieldChange[] = [];
  let after = event;
  for (const field of fields) {
    const text = lines(typed[field.name] ?? '');
    const now = field.read(event);
    const was = lines(seen[field.name] ?? now);
    if (typed[field.name] === undefined || text === was || text === now) continue;
    const checked = field.check(text, event);
    if (!checked.ok) refused.push({ field: field.name, message: checked.message, now: null });
    else if (was !== now) refused.push({ field: field.name, message: meanwhile(now), now });
    else {
      const next = checked.value(after);
      const value = field.read(next);
      if (value === now) continue;
      after = next;
      changes.push({ label: field.label, own: field.own, before: now, after: value });
    }
  }
  return refused.length > 0 ? { ok: false, refused } : { ok: true, event: after, changes };
}

function meanwhile(now: string): string {
  const became = now === '' ? 'was emptied' : `became “${now.replaceAll('\n', ', ')}”`;
  return `This ${became} while you were typing. Save again to put yours in its place.`;
}

/** Browsers send text areas with CR LF. */
function lines(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}
