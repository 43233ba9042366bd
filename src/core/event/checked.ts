/** What a check of somebody's input says: the value to use, or which field to mend and how. */
export type Checked<T> = { ok: true; value: T } | Refusal;

export interface Refusal {
  ok: false;
  /** Name of the form field or JSON member. */
  field: string;
  /** One sentence for the person who typed it. */
  message: string;
}

export function refuse(field: string, message: string): Refusal {
  return { ok: false, field, message };
}
