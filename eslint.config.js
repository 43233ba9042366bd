import { defineConfig, globalIgnores } from 'eslint/config';
import importX, { createNodeResolver } from 'eslint-plugin-import-x';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';
import { plugin as plumbline } from './tools/eslint/rules.ts';

const TESTS = ['**/*.test.ts', 'tests/**'];
const PASSED_IN = 'Time and randomness are passed in (server/clock.ts), so that tests can turn the clock by hand.';
const RANDOM = 'Randomness and ids are passed in, so that a failing run can be repeated from its seed.';
const PROGRAMS = ['server/main.ts', 'server/cli.ts'];
const PROCESS = ['env', 'argv', 'cwd', 'exit', 'exitCode', 'on', 'once', 'stdout', 'stderr'].map((property) => ({
  object: 'process',
  property,
  message: 'Only server/main.ts and server/cli.ts read and end the process; pass the value in (server/config.ts).',
}));

/** Rules with type information: slow, so only those that find what the compiler does not. */
const typeAware = {
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/no-misused-promises': 'error',
  '@typescript-eslint/await-thenable': 'error',
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
};

export default defineConfig(
  globalIgnores([
    'build/',
    'data/',
    'coverage/',
    'static/',
    '.svelte-kit/',
    'test-results/',
    'tools/eslint/fixtures/',
    'tests/bench/peers/node_modules/',
  ]),
  ts.configs.recommended,
  svelte.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { plumbline, 'import-x': importX },
    // The parser is for the scripts of components, which no-cycle reads from every file.
    languageOptions: { parserOptions: { extraFileExtensions: ['.svelte'], parser: ts.parser } },
    settings: {
      'import-x/extensions': ['.ts', '.js', '.mjs', '.svelte'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'], 'svelte-eslint-parser': ['.svelte'] },
      'import-x/resolver-next': [
        createNodeResolver({ extensions: ['.ts', '.js'], conditionNames: ['node', 'import', 'default'] }),
      ],
    },
    rules: {
      'plumbline/import-direction': 'error',
      'plumbline/file-name': 'error',
      'plumbline/disable-reason': 'error',
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }],
      'no-empty': 'error',
      'no-self-compare': 'error',
      'no-template-curly-in-string': 'error',
      'svelte/no-navigation-without-resolve': 'off', // the site is served at the root; there is no base path to resolve
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['**/*.ts', '**/*.svelte'],
    languageOptions: { parserOptions: { projectService: true } },
    rules: typeAware,
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { globals: globals.browser, parserOptions: { parser: ts.parser, svelteConfig } },
  },
  { files: ['**/*.js', '**/*.mjs'], languageOptions: { globals: globals.node }, rules: { 'no-undef': 'error' } },
  {
    files: ['src/**', 'server/**'],
    ignores: TESTS,
    rules: {
      'no-console': 'error',
      'max-lines': ['error', 400],
      '@typescript-eslint/no-non-null-assertion': 'error',
    },
  },
  {
    files: ['src/core/**/*.ts', 'src/lib/**/*.ts', 'server/**/*.ts'],
    rules: { 'import-x/no-default-export': 'error' },
  },
  {
    files: ['src/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: ['$app/stores'], message: 'Use $app/state: stores are gone in the next SvelteKit.' },
            {
              group: ['$env/*'],
              message: 'Settings come from server/config.ts, through the services in event.locals.',
            },
            {
              group: ['$lib', '$lib/*'],
              message: 'Write #lib/... with the extension: it also works in Node, Vitest and tsc.',
            },
            {
              group: ['fast-check'],
              message: 'Take fc from tests/support/properties.ts: it draws the same cases in each run.',
            },
          ],
        },
      ],
    },
  },
  { files: ['tests/support/properties.ts'], rules: { 'no-restricted-imports': 'off' } },
  { files: ['src/routes/**/+page.svelte'], rules: { 'max-lines': ['error', 40] } },
  {
    files: ['server/**'],
    ignores: [...PROGRAMS, ...TESTS],
    rules: { 'no-restricted-properties': ['error', ...PROCESS] },
  },
  {
    files: ['server/sync/**', 'server/store/**', 'src/core/**'],
    ignores: TESTS,
    rules: {
      'no-restricted-globals': [
        'error',
        ...['setTimeout', 'setInterval', 'performance'].map((name) => ({ name, message: PASSED_IN })),
      ],
      'no-restricted-properties': [
        'error',
        ...PROCESS,
        { object: 'Date', property: 'now', message: PASSED_IN },
        { object: 'Math', property: 'random', message: RANDOM },
        { object: 'crypto', property: 'randomUUID', message: RANDOM },
        { object: 'crypto', property: 'getRandomValues', message: RANDOM },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: PASSED_IN },
      ],
    },
  },
  { files: PROGRAMS, rules: { 'no-console': 'off' } },
  { files: ['eslint.config.js', 'svelte.config.js', '**/*.mjs'], extends: [ts.configs.disableTypeChecked] },
);
