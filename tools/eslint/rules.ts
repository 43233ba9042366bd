import { basename } from 'node:path';
import type { Rule } from 'eslint';
import { complaint, target, unixPath } from './zones.ts';

/** Who may import whom; the message says where the code belongs. */
const importDirection: Rule.RuleModule = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const check = (node: Rule.Node, source: unknown, typeOnly: boolean) => {
      if (typeof source !== 'string') return;
      const to = target(context.cwd, context.filename, source);
      if (!to) return;
      const message = complaint({ from: fromRoot(context), to, typeOnly });
      if (message) context.report({ node, message });
    };
    return {
      ImportDeclaration: (node) => check(node, node.source.value, isTypeOnly(node, 'importKind')),
      ExportNamedDeclaration: (node) => check(node, node.source?.value, isTypeOnly(node, 'exportKind')),
      ExportAllDeclaration: (node) => check(node, node.source.value, isTypeOnly(node, 'exportKind')),
      ImportExpression: (node) => check(node, 'value' in node.source ? node.source.value : null, false),
    };
  },
};

/** A file is named after what it holds. */
const fileName: Rule.RuleModule = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const words = basename(context.filename).split(/[.\-_]|(?<=[a-z])(?=[A-Z])/);
    const vague = words.find((word) => /^(utils?|helpers?|commons?|managers?|base|misc)$/i.test(word));
    return {
      Program(node) {
        if (vague)
          context.report({ node, message: `"${vague}" says nothing: name the file after the one thing it holds.` });
      },
    };
  },
};

/** A rule is switched off only with a reason: `// eslint-disable-next-line rule -- why`. */
const disableReason: Rule.RuleModule = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    return {
      Program() {
        const text = context.sourceCode.getText();
        const inMarkup = context.filename.endsWith('.svelte') ? [...text.matchAll(/<!--([^]*?)-->/g)] : [];
        const comments = [
          ...context.sourceCode.getAllComments().map(({ value, range }) => ({ value, at: range?.[0] ?? 0 })),
          ...inMarkup.map((match) => ({ value: match[1] ?? '', at: match.index })),
        ];
        for (const { value, at } of comments) {
          if (!/^\s*eslint-disable/.test(value) || /\s--\s+\S/.test(value)) continue;
          const { line } = context.sourceCode.getLocFromIndex(at);
          // Column -1 lies before the comment, so that the comment cannot silence this report about itself.
          context.report({
            loc: { line, column: -1 },
            message: 'Say why: `eslint-disable... rule -- reason`.',
          });
        }
      },
    };
  },
};

export const plugin = {
  rules: { 'import-direction': importDirection, 'file-name': fileName, 'disable-reason': disableReason },
};

function fromRoot(context: Rule.RuleContext): string {
  return unixPath(context.filename.slice(context.cwd.length + 1));
}

/** True when TypeScript erases the whole statement: `import type {..}`. Inline `type` marks leave a bare import behind. */
function isTypeOnly(node: object, kind: 'importKind' | 'exportKind'): boolean {
  return Reflect.get(node, kind) === 'type';
}
