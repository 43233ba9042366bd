import type { Access } from '#core/event/model.ts';
import type { Actor } from './actor.ts';

/** `organize`: import, open and close events, join talks; everything that changes an event for everybody. */
export type Action = 'read' | 'write' | 'organize';

/** What is acted on. Sessions, notes and materials have the access of their event. */
export interface Target {
  access: Access;
}

/**
 * The only place that decides who may do what: pages, API, upgrade, writes and export all ask here. What is not allowed below
 * is denied. There are no invites yet, so `invite` lets in as many as `closed` does.
 */
export function authorize(actor: Actor, action: Action, target: Target): boolean {
  if (actor.organizer) return true;
  if (action !== 'read' && action !== 'write') return false;
  if (target.access === 'open') return true;
  if (target.access === 'loopback') return actor.loopback;
  return false;
}
