/** Every kind of block, as Markdown. */
export const SAMPLE_NOTE = [
  '# Heading 1\n\n## Heading 2\n\n### Heading 3',
  'Words that are **bold**, *italic*, `code`, ~~struck~~ and [a link](https://lore.kernel.org/).',
  '[12:16] Mara Lindqvist: what was said at a time, with @Jonas Weber.',
  '- one\n  - within one\n- two\n\n1. first\n2. second',
  '> What somebody wrote',
  '| Patch | State |\n| --- | --- |\n| iommufd v7 | posted |\n| vfio cdev | in review, with a text that goes on for longer than the others |',
  '```c\n/* Found by its look */\n#define FLAG 0x10\nstatic int probe(struct device *dev)\n{\n\treturn pr_err("no %s", "domain");\n}\n```',
  '```diff\n@@ -1 +1 @@\n-old\n+new\n```',
  `\`\`\`log\n${Array.from({ length: 60 }, (_, line) => `[   ${line}.123456] pci 0000:00:01.0: line ${line + 1}`).join('\n')}\n\`\`\``,
  '<details><summary>Details</summary>\n\nWhat is seen when they are open.\n\n</details>',
  ...['NOTE', 'TIP', 'IMPORTANT', 'WARNING', 'CAUTION'].map((kind) => `> [!${kind}]\n> What is said here.`),
  '---',
].join('\n\n');
