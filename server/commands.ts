import type { Access } from '#core/event/model.ts';

/** What the command line asks for, whether a server runs or not. Files are read by the command line: its folder, its rights. */
export type Command =
  | { kind: 'import'; text: string; event: string | null; session: string | null }
  | { kind: 'join'; event: string; talk: string; session: string }
  | { kind: 'access'; event: string; access: Access }
  | { kind: 'index' }
  | { kind: 'organizer-link' };

export const ACCESSES: readonly Access[] = ['open', 'loopback', 'invite', 'closed'];

/** True for JSON from outside that is a command. */
export function isCommand(value: unknown): value is Command {
  if (typeof value !== 'object' || value === null) return false;
  const command = value as Record<string, unknown>;
  const isText = (field: string): boolean => typeof command[field] === 'string';
  const isTextOrNull = (field: string): boolean => command[field] === null || isText(field);
  switch (command['kind']) {
    case 'import':
      return isText('text') && isTextOrNull('event') && isTextOrNull('session');
    case 'join':
      return isText('event') && isText('talk') && isText('session');
    case 'access':
      return isText('event') && ACCESSES.some((access) => access === command['access']);
    case 'index':
    case 'organizer-link':
      return true;
    default:
      return false;
  }
}
