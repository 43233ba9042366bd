/** One place of the source and what the bug makes of it. */
export interface Edit {
  file: string;
  /** Stands there exactly once. */
  text: string;
  by: string;
}

/** A bug that a system like this one has had, and the test that must find it. */
export interface Bug {
  name: string;
  edits: Edit[];
  /** `stands`: the file the title is written in, when it is another one than the one to run. */
  test: { file: string; title: string; stands?: string };
  /** What the test says about it: a test that fails for another reason has not caught it. */
  says: RegExp;
}

const SIMULATION = {
  file: 'tests/fuzz/convergence.test.ts',
  title: 'seeds 0 to 24 converge, everything acked is on disk, nothing else was told, and what was shown was true',
};
const ROOMS = 'server/sync/rooms.test.ts';
const APPEND = '      const close = batch.rows.length === 0 ? null : await this.#append(batch);\n';

export const BUGS: readonly Bug[] = [
  {
    name: 'ack before commit',
    edits: [
      {
        file: 'server/sync/writing.ts',
        text: APPEND,
        by: `      this.#parts.committed({ ...batch.result(), update: null });\n${APPEND}`,
      },
    ],
    test: SIMULATION,
    says: /I1: clock \d+ of \d+ was acked and is not on disk/,
  },
  {
    name: 'broadcast before commit',
    edits: [
      {
        file: 'server/sync/writing.ts',
        text: APPEND,
        by: `      this.#parts.committed({ ...batch.result(), settled: [] });\n${APPEND}`,
      },
    ],
    test: SIMULATION,
    says: /I3: clock \d+ of \d+ was told and is not on disk/,
  },
  {
    name: 'no epoch check',
    edits: [
      {
        file: 'server/store/sqlite/read-note.ts',
        text: `      if (note['epoch'] !== key.epoch) return 'old-epoch';\n`,
        by: '',
      },
    ],
    test: {
      file: 'tests/contract/store.test.ts',
      title: 'an id of another epoch is told apart from one nobody knows, and writes nothing',
      stands: 'tests/contract/store-log.ts',
    },
    // The rows of the other epoch are looked for under the old one's number.
    says: /damaged on disk: it ends at row 0, not at 1/,
  },
  {
    name: 'read-only by the first bytes',
    edits: [
      {
        file: 'server/sync/room.ts',
        text: '        if (!peer.admission.canWrite) return peer.close(CLOSES.noAccess);\n',
        by: '',
      },
      {
        file: 'server/sync/room.ts',
        text: '    let message: Message;\n',
        by: `    if (!peer.admission.canWrite && frame[0] === 0 && frame[1] !== 0) return peer.close(CLOSES.noAccess);\n    let message: Message;\n`,
      },
      {
        file: 'src/core/wire/reader.ts',
        text: `        if (byte === 0 && length > 1) throw new MalformedFrame('a number is padded');\n`,
        by: '',
      },
    ],
    test: {
      file: 'tests/contract/hostile-peer.test.ts',
      title: 'ID6, SY4: a reader whose update begins with other bytes than usual writes nothing',
    },
    says: /not to contain 'pwned'/,
  },
  {
    name: 'no error listener',
    edits: [{ file: 'server/socket.ts', text: `      ws.on('error', ignore);\n`, by: '' }],
    test: {
      file: 'tests/faults/socket-errors.test.ts',
      title: 'SY18: a frame that is none ends its sender and not the process',
    },
    says: /the process ended: [^]*Invalid WebSocket frame/,
  },
  {
    name: 'acked and not stored',
    edits: [
      {
        file: 'server/sync/batch.ts',
        text: '        return this.#parts.held(offer);\n',
        by: '        this.#settled.push(offer);\n        return;\n',
      },
    ],
    test: {
      file: ROOMS,
      title:
        'SY5: an update with missing dependencies is neither acked, sent nor stored, and leaves no pending structs',
    },
    says: /expected 2 to be 1/,
  },
  {
    name: 'anybody’s clientID',
    edits: [
      {
        file: 'server/sync/guard.ts',
        text: `    else if (owned !== actor) return { kind: 'foreign' };\n`,
        by: '',
      },
    ],
    test: {
      file: ROOMS,
      title: 'SY7: new structs under another device’s clientID are refused, and the victim is not affected',
    },
    says: /expected null to deeply equal \{ code: 4400/,
  },
  {
    name: 'an empty note after a failed load',
    edits: [
      {
        file: 'server/sync/rooms.ts',
        text: '    const loaded = await this.#parts.log.load(noteId);\n',
        by: `    const nothing: LoadedNote = { snapshot: null, snapshotSeq: 0, tail: [], headSeq: 0, clients: [], schemaMin: 1, template: new Uint8Array([0, 0]) };\n    const loaded = await this.#parts.log.load(noteId).catch(() => nothing);\n`,
      },
    ],
    test: {
      file: ROOMS,
      title: 'SY14: fifty who come at once cause one load; a failed load leaves nothing behind',
    },
    says: /expected null to deeply equal [^]*cannot-store/,
  },
  {
    name: 'a load for each who comes',
    edits: [{ file: 'server/sync/rooms.ts', text: '      this.#opening.set(noteId, opening);\n', by: '' }],
    test: {
      file: ROOMS,
      title: 'SY14: fifty who come at once cause one load; a failed load leaves nothing behind',
    },
    says: /expected 50 to be 1/,
  },
  {
    name: 'rows without a checksum',
    edits: [
      {
        file: 'server/store/verified.ts',
        text: '    if (!matches(row.bytes, row.sha256)) throw corrupt(',
        by: '    if (row.seq < 0) throw corrupt(',
      },
    ],
    test: {
      file: 'tests/contract/store.test.ts',
      title: 'LO5: a damaged row is detected and its note refused; other notes are not affected',
      stands: 'tests/contract/store-recovery.ts',
    },
    says: /promise resolved [^]* instead of rejecting/,
  },
  {
    name: 'old pages let in',
    edits: [
      {
        file: 'server/sync/rooms.ts',
        text: '    if (schema !== null && schema < Math.max(found.schemaMin, SCHEMA_VERSION)) return peer.close(CLOSES.oldSchema);\n',
        by: '',
      },
    ],
    test: {
      file: ROOMS,
      title: 'SY13: unknown ids, old epochs and old schemas get their own close before any sync frame',
    },
    says: /expected null to deeply equal [^]*old-schema/,
  },
  {
    name: 'Saved when it was sent',
    edits: [
      {
        file: 'src/lib/note/ack-ledger.ts',
        text: '    this.#inFlight.push({ upTo, at });\n',
        by: '    this.#saved = upTo;\n',
      },
    ],
    test: SIMULATION,
    says: /I8: Saved was shown with \d+ characters not on disk/,
  },
];

/** The text with the bug in it. Throws when it no longer holds exactly once what the bug replaces. */
export function planted({ name }: Bug, { file, text, by }: Edit, source: string): string {
  const times = source.split(text).length - 1;
  if (times !== 1) throw new Error(`"${name}": ${file} holds ${times} times, not once:\n${text}`);
  return source.replace(text, () => by);
}
