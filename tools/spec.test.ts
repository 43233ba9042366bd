import { globSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const NUMBER = /\b[A-Z]{2}\d+\b/g;
const rules = [...readFileSync('SPEC.md', 'utf8').matchAll(/^- \*\*([A-Z]{2}\d+)\*\*/gm)].map(([, number]) => number);
const titles = globSync(['{src,server,tools}/**/*.test.ts', 'tests/**/*.ts'])
  .filter((file) => !file.includes('node_modules') && !file.startsWith('tests/bench/'))
  .flatMap((file) => titlesOf(file).map((title) => ({ file, title })));
const quoted = new Set(titles.flatMap(({ title }) => title.match(NUMBER) ?? []));

describe('the numbers of SPEC.md', () => {
  it('are used once each', () => {
    expect(rules.length).toBeGreaterThan(50);
    expect(rules.filter((number, place) => rules.indexOf(number) !== place)).toEqual([]);
  });

  it('are quoted by a title of a test each', () => {
    expect(rules.filter((number) => !quoted.has(number ?? ''))).toEqual([]);
  });

  it('are the only ones that titles quote', () => {
    const families = new Set(rules.map((number) => number?.slice(0, 2)));
    const unknown = [...quoted].filter((number) => families.has(number.slice(0, 2)) && !rules.includes(number));
    expect(unknown).toEqual([]);
  });
});

/** What stands first in the calls of `it`, `test` and `describe`, also in those made by `.each(...)` and their like. */
function titlesOf(file: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const [first] = ts.isCallExpression(node) ? node.arguments : [];
    if (ts.isCallExpression(node) && first && ['it', 'test', 'describe'].includes(rootOf(node.expression)))
      if (ts.isStringLiteralLike(first) || ts.isTemplateExpression(first)) found.push(first.getText());
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true));
  return found;
}

/** `it` of `it.each(table)`. */
function rootOf(called: ts.Expression): string {
  if (ts.isIdentifier(called)) return called.text;
  if (ts.isCallExpression(called) || ts.isPropertyAccessExpression(called)) return rootOf(called.expression);
  return '';
}
