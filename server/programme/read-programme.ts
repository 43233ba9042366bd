import { InputError } from '../errors.ts';
import { describe, Field } from './field.ts';
import { readIndicoEvent } from './indico-event.ts';
import { readIndicoTimetable } from './indico-timetable.ts';
import { jsonErrorAt } from './json-error.ts';
import { readPageText } from './page-text.ts';
import type { Conference, Programme } from './programme.ts';

/** In UTF-16 units. Indico answers with at most 500 contributions, about 3 MB. */
const FILE_LIMIT = 8_000_000;

export type ReadFile = { kind: 'programme'; programme: Programme } | { kind: 'conference'; conference: Conference };

/**
 * Reads an import file. What it is, is found from its content, never from its name. Throws InputError with the place (`line 3`,
 * `results[0].timezone`) and what was expected there.
 */
export function readFile(text: string): ReadFile {
  if (text.length > FILE_LIMIT)
    throw new InputError(
      'file',
      `expected at most ${FILE_LIMIT / 1e6} million characters, found ${(text.length / 1e6).toFixed(1)} million`,
    );
  const content = text.replace(/^\ufeff/, '');
  if (content.trim() === '')
    throw new InputError('line 1', 'expected the text of an Indico page or Indico’s JSON export, found an empty file');
  if (!/^\s*[[{]/.test(content)) return { kind: 'programme', programme: readPageText(content) };
  return { kind: 'conference', conference: readIndico(new Field(parseJson(content), '')) };
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const at = jsonErrorAt(content);
    const found = content.slice(at).trim() === '' ? 'its end' : describe(content.slice(at, at + 30));
    throw new InputError(
      `line ${content.slice(0, at).split('\n').length}`,
      `expected Indico’s export as whole JSON, found ${found}`,
    );
  }
}

function readIndico(file: Field): Conference {
  if (Array.isArray(file.value))
    throw new InputError('file', 'expected Indico’s JSON export, an object with “results”, found a list');
  if (!file.has('results')) return refuseOther(file);
  const results = file.get('results');
  const host = hostOf(file);
  if (!Array.isArray(results.value)) return notEmpty(readIndicoTimetable(results, host), results);
  const [event, another] = results.items();
  if (event === undefined) return results.expected('one event');
  if (another !== undefined) return results.expected(`one event: export them one by one`);
  return notEmpty(readIndicoEvent(event, host), event.get('contributions'));
}

function refuseOther(file: Field): never {
  if (file.has('message'))
    throw new InputError(
      'message',
      `expected an export, found Indico’s error answer ${describe(file.get('message').value)}`,
    );
  if (file.has('schedule'))
    throw new InputError(
      'schedule',
      'expected Indico’s JSON export or page text, found a frab or pretalx schedule, which is not read yet',
    );
  throw new InputError('results', 'expected Indico’s JSON export, found JSON of something else, without “results”');
}

/** The server's name: contribution numbers count per server, so without it nothing could be recognised the next time. */
function hostOf(file: Field): string {
  const results = file.get('results');
  const event = Array.isArray(results.value) ? results.items()[0] : undefined;
  for (const field of [file.get('url'), ...(event === undefined ? [] : [event.get('url')])]) {
    const text = field.textIfAny();
    if (/^https?:\/\//i.test(text) && URL.canParse(text)) return new URL(text).host;
  }
  return file.get('url').expected('the whole address of the export, such as “https://lpc.events/export/event/17.json”');
}

/** An unpublished programme is an empty list, not an error: taken at its word, it would mark every session as gone. */
function notEmpty(conference: Conference, at: Field): Conference {
  if (conference.loose.length === 0 && conference.choices.length === 0)
    throw new InputError(at.place, 'expected contributions, found none: the programme may not be published yet');
  return conference;
}
