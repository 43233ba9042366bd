import type { IncomingHttpHeaders } from 'node:http';
import { shownName } from '#core/event/names.ts';
import { CLOSES } from '#core/wire/closes.ts';
import { withSettledPeople } from '#core/event/settle/people.ts';
import { UNNAMED } from '#core/wire/initials.ts';
import { SUBPROTOCOL } from '#core/wire/messages.ts';
import type { Config } from './config.ts';
import type { IdentityService } from './context.ts';
import { readAsked } from './http/asked.ts';
import type { Asked } from './http/asked.ts';
import type { Actor } from './identity/actor.ts';
import { authorize } from './identity/authorize.ts';
import type { Store } from './store/store.ts';
import type { Decision, Refusal, Turned } from './sync/admission-types.ts';

/** The parts of an upgrade request that decide. */
export interface Upgrade {
  /** Path and query as sent. */
  url: string;
  headers: IncomingHttpHeaders;
  remoteAddress: string;
}

export interface AdmissionParts {
  config: Pick<Config, 'host' | 'origin'>;
  identity: Pick<IdentityService, 'actorOf'>;
  store: Pick<Store, 'events'>;
  /** False while the store is gone or the server drains. */
  ready(): boolean;
}

export type Admit = (upgrade: Upgrade) => Promise<Decision>;

/** The door of `/sync/<noteId>`: who may come in, asked once per socket before anything of the note is read. */
export function createAdmission(parts: AdmissionParts): Admit {
  return async (upgrade) => {
    if (!parts.ready()) return refuse(503, 'The server is starting or stopping. Try again.', { 'retry-after': '5' });
    const asked = readAsked(upgrade.headers, parts.config);
    if ('status' in asked) return refuse(asked.status, asked.reason);
    const place = readPlace(upgrade.url);
    if (!place) return refuse(404, 'Notes are at /sync/<noteId>.');
    const foreign = foreignOrigin(upgrade.headers.origin, asked);
    if (foreign) return foreign;
    const actor = await parts.identity.actorOf(asked);
    return enter(parts.store, actor, place, offersAcks(upgrade.headers['sec-websocket-protocol']));
  };
}

/**
 * Browsers send Origin with every upgrade, and cookies with upgrades from foreign pages too. A foreign page is refused, and so
 * is a cookie without an Origin, which no page of ours sent. Tools have neither.
 */
function foreignOrigin(origin: string | undefined, asked: Asked): Refusal | null {
  if (origin === asked.origin) return null;
  if (origin !== undefined)
    return refuse(403, `Pages of another origin may not connect; this server is ${asked.origin}.`);
  return asked.deviceSecret === null
    ? null
    : refuse(403, 'A device cookie is only taken together with an Origin header.');
}

async function enter(store: AdmissionParts['store'], actor: Actor, place: Place, acks: boolean): Promise<Decision> {
  const found = await store.events.ofNote(place.noteId);
  // A note of another epoch is found too: whoever may enter is told so by the room, before any sync frame.
  if (!found) return turn(CLOSES.unknownNote);
  if (!authorize(actor, 'read', found)) return turn(CLOSES.noAccess);
  return {
    kind: 'admit',
    noteId: place.noteId,
    actor,
    shownName: await nameIn(store, actor, found.eventSlug),
    canWrite: authorize(actor, 'write', found),
    acks,
    schema: place.schema,
  };
}

/** Most sockets of a crowd are readers without a name: for those the event need not be read. */
async function nameIn(store: AdmissionParts['store'], actor: Actor, eventSlug: string): Promise<string> {
  if (actor.name === null) return UNNAMED;
  const event = await store.events.get(eventSlug);
  return shownName(actor.name, event ? withSettledPeople(event).people : []);
}

interface Place {
  noteId: string;
  schema: number | null;
}

/** null when the path is no note's. A schema that is no number is treated like the oldest one. */
function readPlace(url: string): Place | null {
  if (!URL.canParse(url, 'http://host')) return null;
  const { pathname, searchParams } = new URL(url, 'http://host');
  const noteId = /^\/sync\/([A-Za-z0-9][A-Za-z0-9._-]{0,99})$/.exec(pathname)?.[1];
  if (noteId === undefined) return null;
  const schema = searchParams.get('schema');
  return { noteId, schema: schema === null ? null : /^\d{1,9}$/.test(schema) ? Number(schema) : 0 };
}

function offersAcks(protocols: string | undefined): boolean {
  return (protocols ?? '').split(',').some((offered) => offered.trim() === SUBPROTOCOL);
}

function refuse(status: number, reason: string, headers: Record<string, string> = {}): Refusal {
  return { kind: 'refuse', status, headers, reason };
}

function turn(close: Turned['close']): Turned {
  return { kind: 'close', close };
}
