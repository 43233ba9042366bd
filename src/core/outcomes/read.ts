import { joinOwners, outcomeFacts, type OutcomeFacts } from './facts.ts';
import { knownOwners, whoIsMeant } from './names.ts';
import { type OutcomeWords, outcomeWords, type Range } from './words.ts';

/** An outcome as a line says it. */
export interface ReadOutcome {
  facts: OutcomeFacts;
  text: string;
}

/** Reads a line that begins with words for an outcome, such as `ACTION @name: text (due date)`; null when it does not. */
export function readOutcome(line: string, people: readonly string[] = []): ReadOutcome | null {
  const words = wordsOf(line, people);
  if (!words) return null;
  return {
    facts: factsOf(words, (part) => line.slice(part.from, part.to), people),
    text: line.slice(words.text.from, words.text.to),
  };
}

export function wordsOf(line: string, people: readonly string[]): OutcomeWords | null {
  return outcomeWords(line, (name) => whoIsMeant(name, people) !== null);
}

/** `say` gives the text of a part of the line. */
export function factsOf(
  words: OutcomeWords,
  say: (part: Range) => string,
  people: readonly string[] = [],
): OutcomeFacts {
  const { kind, state, due, more, short } = words;
  return outcomeFacts({
    ...{ kind, state },
    owners: joinOwners(knownOwners(words.owners.map(say), people)),
    due: due ? say(due) : '',
    more: more ? say(more) : '',
    short: short ? say(short) : '',
  });
}
