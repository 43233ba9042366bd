import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import ts from 'typescript-eslint';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** The project's own config; rules with type information off, because these files exist in name only. */
const byName = new ESLint({
  cwd: root,
  overrideConfig: [{ ...ts.configs.disableTypeChecked, languageOptions: { parserOptions: { projectService: false } } }],
});

/** Messages for `code` as if it were the file at `path`, without complaints about unused names. */
async function lint(path: string, code: string, eslint = byName): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath: `${root}/${path}` });
  if (!result) throw new Error(`${path} is ignored by the lint config`);
  return result.messages
    .filter((found) => found.ruleId !== '@typescript-eslint/no-unused-vars')
    .map((found) => `${found.ruleId ?? 'fatal'}: ${found.message}`);
}

const imports = (specifier: string) => `import { thing } from '${specifier}';\nthing();\n`;
const importsType = (specifier: string) => `import type { Thing } from '${specifier}';\nexport type Other = Thing;\n`;

describe('who may import whom', () => {
  test.each([
    ['src/core/note/x.ts', imports('svelte'), 'core has no DOM, no Node, no Svelte'],
    ['src/core/note/x.ts', imports('node:crypto'), 'belongs in src/lib/ (browser) or server/ (Node)'],
    ['src/core/note/x.ts', imports('../../lib/ui/x.ts'), 'core has no DOM'],
    ['src/core/note/x.ts', importsType('#server/context.ts'), 'core has no DOM'],
    ['src/core/note/x.ts', "export const load = () => import('ws');\n", 'core has no DOM'],
    ['src/core/note/x.ts', "export * from '#lib/x.ts';\n", 'core has no DOM'],
    ['src/lib/agenda/x.ts', importsType('#server/context.ts'), 'not even types of the server'],
    ['src/lib/agenda/x.svelte.ts', imports('../../../server/clock.ts'), 'Put a shared type or rule in src/core/'],
    ['src/lib/agenda/x.ts', imports('node:fs'), 'Code that needs Node belongs in server/'],
    ['src/lib/agenda/X.svelte', `<script lang="ts">\n${imports('#server/clock.ts')}</script>\n`, 'sees core only'],
    ['src/lib/agenda/x.ts', imports('../../routes/x.ts'), 'Nobody imports routes'],
    ['server/app.ts', imports('../src/routes/x.ts'), 'Move what is shared to src/lib/'],
    ['tests/contract/x.ts', imports('../../src/routes/x.ts'), 'Nobody imports routes'],
    ['src/routes/+page.server.ts', imports('#server/context.ts'), 'Routes take types only'],
    ['src/routes/+page.server.ts', importsType('#server/app.ts'), 'only from #server/context.ts'],
    ['src/lib/ui/x.ts', imports('$app/stores'), 'Use $app/state'],
    ['src/routes/+page.server.ts', imports('$env/dynamic/private'), 'Settings come from server/config.ts'],
    ['src/routes/+page.svelte', `<script lang="ts">\n${imports('$lib/x')}</script>\n`, 'Write #lib/'],
    ['src/hooks.server.ts', imports('#server/identity/identity.ts'), 'Hooks take values from #server/context.ts alone'],
    ['server/publish/x.ts', imports('#lib/x.ts'), 'The server sees core, not lib'],
    ['server/sync/room.ts', imports('../store/sqlite.ts'), 'never an adapter'],
    ['server/sync/room.ts', importsType('#server/store/memory.ts'), 'server/app.ts chooses the adapter'],
    ['server/sync/room.ts', imports('#server/store/sqlite/writer.ts'), 'never an adapter'],
    ['server/sync/room.ts', imports('ws'), 'server/sync is the pure engine'],
    ['server/sync/room.ts', imports('node:crypto'), 'hand it in through an interface'],
  ])('%s: %j is refused', async (path, code, words) => {
    expect(await lint(path, code)).toEqual([expect.stringContaining(words)]);
  });

  test.each([
    ['src/core/note/x.ts', imports('yjs')],
    ['src/core/note/x.ts', imports('lib0/decoding')],
    ['src/core/note/x.ts', imports('@tiptap/pm/model')],
    ['src/core/note/x.ts', imports('#core/event/names.ts')],
    ['src/core/note/x.test.ts', imports('vitest')],
    ['src/lib/agenda/x.ts', imports('#core/event/names.ts')],
    ['src/lib/agenda/x.ts', imports('$app/state')],
    ['src/routes/+page.server.ts', importsType('#server/context.ts')],
    ['src/routes/[event]/+page.server.ts', imports('#core/event/names.ts')],
    ['src/hooks.server.ts', imports('#server/context.ts')],
    ['server/sync/room.ts', importsType('#server/store/log.ts')],
    ['server/store/sqlite.ts', imports('node:sqlite')],
  ])('%s: %j is allowed', async (path, code) => {
    expect(await lint(path, code)).toEqual([]);
  });
});

describe('what is passed in', () => {
  test.each(['src/core/note/x.ts', 'server/sync/x.ts', 'server/store/x.ts'])(
    '%s asks nobody for time or chance',
    async (path) => {
      for (const code of [
        'Date.now();',
        'new Date();',
        'setTimeout(() => {}, 1);',
        'setInterval(() => {}, 1);',
        'performance.now();',
      ])
        expect(await lint(path, `${code}\n`), code).toEqual([
          expect.stringContaining('Time and randomness are passed in'),
        ]);
      for (const code of ['Math.random();', 'crypto.randomUUID();'])
        expect(await lint(path, `${code}\n`), code).toEqual([
          expect.stringContaining('Randomness and ids are passed in'),
        ]);
    },
  );

  test('a stored instant may be read, and a test may look at the clock', async () => {
    expect(await lint('server/sync/x.ts', "new Date('2023-11-15T15:00:00Z');\n")).toEqual([]);
    expect(await lint('server/sync/x.test.ts', 'Date.now();\n')).toEqual([]);
  });

  test('only the two programs read the process', async () => {
    expect(await lint('server/app.ts', 'process.exit(1);\n')).toEqual([expect.stringContaining('Only server/main.ts')]);
    expect(await lint('server/main.ts', 'process.exit(1);\n')).toEqual([]);
  });
});

describe('names and reasons', () => {
  test.each(['utils.ts', 'dateHelpers.ts', 'common.ts', 'room-manager.ts', 'base.svelte.ts'])(
    '%s says nothing',
    async (name) => {
      expect(await lint(`src/lib/${name}`, 'export {};\n')).toEqual([expect.stringContaining('name the file after')]);
    },
  );

  test('a word inside a word is fine', async () => {
    expect(await lint('server/store/database.ts', 'export {};\n')).toEqual([]);
  });

  test('a rule is switched off only with a reason', async () => {
    const off = 'eslint-disable-next-line no-console';
    expect(await lint('server/app.ts', `// ${off}\nconsole.log(1);\n`)).toEqual([expect.stringContaining('Say why')]);
    expect(await lint('server/app.ts', `// ${off} -- shown before the log exists\nconsole.log(1);\n`)).toEqual([]);
    expect(await lint('server/app.ts', '/* eslint-disable */\nconsole.log(1);\n')).toEqual([
      expect.stringContaining('Say why'),
    ]);
  });

  test('a switch that silences nothing is reported', async () => {
    expect(await lint('server/app.ts', '// eslint-disable-next-line no-console -- none here\nexport {};\n')).toEqual([
      expect.stringContaining('Unused eslint-disable directive'),
    ]);
  });

  test('no console, no any, types imported as types, no default export', async () => {
    expect(await lint('server/app.ts', 'console.log(1);\n')).toEqual([expect.stringContaining('no-console')]);
    expect(await lint('server/app.ts', 'export const a: any = 1;\n')).toEqual([
      expect.stringContaining('no-explicit-any'),
    ]);
    expect(await lint('server/app.ts', "import { Clock } from './clock.ts';\nexport type C = Clock;\n")).toEqual([
      expect.stringContaining('consistent-type-imports'),
    ]);
    expect(await lint('src/core/x.ts', 'export default 1;\n')).toEqual([expect.stringContaining('no-default-export')]);
  });
});

test('a cycle is found, through #core/ and through .ts extensions', async () => {
  const all = new ESLint({
    cwd: root,
    ignore: false,
    overrideConfig: [
      { ...ts.configs.disableTypeChecked, languageOptions: { parserOptions: { projectService: false } } },
    ],
  });
  for (const name of ['one', 'two']) {
    const [result] = await all.lintFiles(`tools/eslint/fixtures/core/${name}.ts`);
    expect(result?.messages.map((found) => found.ruleId)).toEqual(['import-x/no-cycle']);
  }
});

test('rules with type information see types', async () => {
  const typed = new ESLint({ cwd: root });
  const path = 'server/clock.ts'; // on disk, so the type checker knows it; its text is replaced
  expect(await lint(path, 'export const go = async () => 1;\ngo();\n', typed)).toEqual([
    expect.stringContaining('no-floating-promises'),
  ]);
  expect(await lint(path, 'export const go = (a: string[]) => a.forEach(async () => {});\n', typed)).toEqual([
    expect.stringContaining('no-misused-promises'),
  ]);
  const open =
    "export function f(x: 'a' | 'b'): number {\n  switch (x) {\n    case 'a':\n      return 1;\n  }\n  return 2;\n}\n";
  expect(await lint(path, open, typed)).toEqual([expect.stringContaining('switch-exhaustiveness-check')]);
}, 60_000);
