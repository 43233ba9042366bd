import type { LanguageFn } from 'highlight.js';
import armasm from 'highlight.js/lib/languages/armasm';
import bash from 'highlight.js/lib/languages/bash';
import c from 'highlight.js/lib/languages/c';
import cpp from 'highlight.js/lib/languages/cpp';
import diff from 'highlight.js/lib/languages/diff';
import dts from 'highlight.js/lib/languages/dts';
import ini from 'highlight.js/lib/languages/ini';
import json from 'highlight.js/lib/languages/json';
import makefile from 'highlight.js/lib/languages/makefile';
import python from 'highlight.js/lib/languages/python';
import rust from 'highlight.js/lib/languages/rust';
import console from 'highlight.js/lib/languages/shell';
import x86asm from 'highlight.js/lib/languages/x86asm';
import yaml from 'highlight.js/lib/languages/yaml';

/** Kernel and system logs: time stamp, numbers, and the words that someone who reads a log looks for. */
const log: LanguageFn = () => ({
  name: 'Log',
  case_insensitive: false,
  contains: [
    {
      scope: 'comment',
      begin:
        /^(?:<\d>)?\[\s*\d+\.\d+\]|^\d{4}-\d\d-\d\d[T ][\d:.,]+(?:Z|[+-]\d\d:?\d\d)?|^[A-Z][a-z]{2}\s+\d+ [\d:]{8}/,
    },
    {
      scope: 'deletion',
      begin: /\b(?:BUG|Oops|panic|WARNING|ERROR|FATAL|[Ee]rror|[Ff]ail(?:ed|ure)?|[Ff]ault|Call Trace|RIP|Unable to)\b/,
    },
    { scope: 'number', begin: /\b0x[\da-fA-F]+\b|\b[\da-fA-F]{4}:[\da-fA-F]{2}:[\da-fA-F]{2}\.\d\b/ },
    { scope: 'title', begin: /\b[a-z_]\w*(?:\.\w+)*\+0x[\da-f]+\/0x[\da-f]+/ },
  ],
});

/** By the ids of `CODE_LANGUAGES`. Plain text has none. */
export const GRAMMARS: Record<string, LanguageFn> = {
  armasm,
  bash,
  c,
  console,
  cpp,
  diff,
  dts,
  ini,
  json,
  log,
  makefile,
  python,
  rust,
  x86asm,
  yaml,
};
