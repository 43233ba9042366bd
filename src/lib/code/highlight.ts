import { createLowlight } from 'lowlight';
import { GRAMMARS } from './grammars.ts';

type Root = ReturnType<ReturnType<typeof createLowlight>['highlight']>;
type RootContent = Root['children'][number];

/** What a piece of code is, as far as its colour goes. */
export type CodeLook = 'keyword' | 'type' | 'title' | 'string' | 'number' | 'comment' | 'meta' | 'added' | 'removed';

/** A piece of code from its first character to the one after its last. */
export interface CodePiece {
  from: number;
  to: number;
  look: CodeLook;
}

/** Scopes of the grammars by their first word; the others have the colour of the text. */
const LOOKS: Record<string, CodeLook> = {
  keyword: 'keyword',
  'selector-tag': 'keyword',
  built_in: 'type',
  type: 'type',
  class: 'type',
  title: 'title',
  name: 'title',
  section: 'title',
  attr: 'title',
  attribute: 'title',
  property: 'title',
  string: 'string',
  regexp: 'string',
  number: 'number',
  literal: 'number',
  symbol: 'number',
  variable: 'number',
  comment: 'comment',
  quote: 'comment',
  meta: 'meta',
  doctag: 'meta',
  addition: 'added',
  deletion: 'removed',
};

const lowlight = createLowlight(GRAMMARS);

/**
 * The pieces of code that have a look, in order and without overlaps: where one lies within another, the inner one counts. Ids are
 * those of `CODE_LANGUAGES`; for others, and where a grammar gives up, there are none.
 */
export function highlight(code: string, language: string): CodePiece[] {
  if (!lowlight.registered(language)) return [];
  const pieces: CodePiece[] = [];
  try {
    collect(lowlight.highlight(language, code, { prefix: '' }), null, 0, pieces);
  } catch {
    return [];
  }
  return pieces;
}

/** Returns where the text of the node ends. */
function collect(node: Root | RootContent, look: CodeLook | null, from: number, pieces: CodePiece[]): number {
  if (node.type === 'text') {
    const to = from + node.value.length;
    const last = pieces.at(-1);
    if (look && last?.look === look && last.to === from) last.to = to;
    else if (look) pieces.push({ from, to, look });
    return to;
  }
  if (!('children' in node)) return from;
  const own = node.type === 'element' ? (lookOf(node.properties['className']) ?? look) : look;
  return node.children.reduce((at, child) => collect(child, own, at, pieces), from);
}

function lookOf(classes: unknown): CodeLook | undefined {
  const scope: unknown = Array.isArray(classes) ? classes[0] : undefined;
  return typeof scope === 'string' && Object.hasOwn(LOOKS, scope) ? LOOKS[scope] : undefined;
}
