import { cleanLine } from '#core/event/plain-line.ts';
import { InputError } from '../errors.ts';

/** Longer than any title, room or name; what is longer is something else in the wrong place. */
const LINE_LIMIT = 500;

/** A value of a JSON file with its place, such as `results[0].timezone`. Each reader says what it expected when it is not there. */
export class Field {
  readonly value: unknown;
  readonly place: string;

  constructor(value: unknown, place: string) {
    this.value = value;
    this.place = place;
  }

  /** Null and missing are one: Indico writes either. */
  get missing(): boolean {
    return this.value === null || this.value === undefined;
  }

  has(name: string): boolean {
    return isObject(this.value) && Object.hasOwn(this.value, name);
  }

  /** The member; a missing one is a field too, without a value. */
  get(name: string): Field {
    if (!isObject(this.value)) return this.expected('an object');
    const place = /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
    return new Field(
      Object.hasOwn(this.value, name) ? this.value[name] : undefined,
      `${this.place}${place}`.replace(/^\./, ''),
    );
  }

  members(): [name: string, field: Field][] {
    if (!isObject(this.value)) return this.expected('an object');
    return Object.keys(this.value).map((name) => [name, this.get(name)]);
  }

  items(): Field[] {
    if (!Array.isArray(this.value)) return this.expected('a list');
    return this.value.map((item: unknown, index) => new Field(item, `${this.place}[${index}]`));
  }

  /** Empty when missing. */
  itemsIfAny(): Field[] {
    return this.missing ? [] : this.items();
  }

  text(): string {
    if (typeof this.value !== 'string') return this.expected('a text');
    return this.value;
  }

  textIfAny(): string {
    return this.missing ? '' : this.text();
  }

  /** One line of clean text; null when missing or empty. */
  line(): string | null {
    const line = cleanLine(this.textIfAny());
    if (line.length > LINE_LIMIT) return this.expected(`a line of at most ${LINE_LIMIT} characters`);
    return line === '' ? null : line;
  }

  requiredLine(what: string): string {
    return this.line() ?? this.expected(what);
  }

  /** A number that names something, as text: Indico writes some as text. null when missing. */
  number(): string | null {
    if (this.missing || this.value === '') return null;
    const text = typeof this.value === 'number' ? String(this.value) : this.value;
    if (typeof text !== 'string' || !/^\d{1,15}$/.test(text)) return this.expected('a whole number');
    return text;
  }

  /** Whole minutes; null when missing or 0. */
  minutes(): number | null {
    if (this.missing || this.value === 0) return null;
    const minutes = this.value;
    if (typeof minutes !== 'number' || !(minutes > 0) || minutes > 14 * 24 * 60)
      return this.expected('a length in minutes');
    return Math.round(minutes);
  }

  expected(what: string): never {
    throw new InputError(this.place, `expected ${what}, found ${describe(this.value)}`);
  }
}

/** A value as a message shows it: short, on one line. */
export function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return 'an object';
  const text = cleanLine(typeof value === 'string' ? value.slice(0, 200) : String(value));
  return typeof value === 'string' ? `“${text.length > 60 ? `${text.slice(0, 60)}…` : text}”` : text;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
