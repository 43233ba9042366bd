/** A language that code may be in. */
export interface CodeLanguage {
  /** As it stands in the note and behind the fence in Markdown. */
  id: string;
  /** As it is shown. */
  words: string;
  /** What else it is called behind a fence. */
  aliases: readonly string[];
}

/** In the order in which they are offered. */
export const CODE_LANGUAGES: readonly CodeLanguage[] = [
  { id: 'c', words: 'C', aliases: ['h'] },
  { id: 'diff', words: 'Diff', aliases: ['patch'] },
  { id: 'bash', words: 'Shell script', aliases: ['sh', 'zsh'] },
  { id: 'console', words: 'Terminal', aliases: ['shell', 'shellsession', 'sh-session'] },
  { id: 'dts', words: 'Devicetree', aliases: ['dtsi', 'devicetree'] },
  { id: 'log', words: 'Log', aliases: ['dmesg', 'syslog'] },
  { id: 'makefile', words: 'Makefile', aliases: ['make', 'mk'] },
  { id: 'rust', words: 'Rust', aliases: ['rs'] },
  { id: 'python', words: 'Python', aliases: ['py'] },
  { id: 'cpp', words: 'C++', aliases: ['c++', 'cc', 'hpp', 'cxx'] },
  { id: 'armasm', words: 'Arm assembly', aliases: ['arm', 'asm'] },
  { id: 'x86asm', words: 'x86 assembly', aliases: ['nasm'] },
  { id: 'json', words: 'JSON', aliases: [] },
  { id: 'yaml', words: 'YAML', aliases: ['yml'] },
  { id: 'ini', words: 'Settings (ini)', aliases: ['toml', 'conf', 'kconfig'] },
  { id: 'plaintext', words: 'Plain text', aliases: ['text', 'txt'] },
];

const BY_NAME = new Map(CODE_LANGUAGES.flatMap((one) => [one.id, ...one.aliases].map((name) => [name, one] as const)));

/** The language of this name or alias; null for none and for names nobody here knows. Attributes may be of any type. */
export function codeLanguage(name: unknown): CodeLanguage | null {
  return typeof name === 'string' ? (BY_NAME.get(name.trim().toLowerCase()) ?? null) : null;
}
