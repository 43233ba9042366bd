import type { IncomingHttpHeaders } from 'node:http';
import { deviceSecretIn } from '#core/identity/device.ts';
import type { Config } from '../config.ts';
import { isLoopbackHost } from './loopback.ts';

/** What a request says about where it comes from, after checking it against the settings. */
export interface Asked {
  /** The origin of our own pages as this client sees them, without a trailing slash. */
  origin: string;
  /** See RequestFacts. */
  loopback: boolean;
  deviceSecret: string | null;
}

/** The Host header names nobody we are: an HTTP status and one sentence for whoever reads it. */
export interface Unserved {
  status: 400 | 421;
  reason: string;
}

/**
 * Reads the headers of a request or upgrade. Forwarding headers are never believed: whoever can reach the port can write
 * them. Seen at all, they mean that a proxy may let the world in, so `loopback` is false.
 */
export function readAsked(headers: IncomingHttpHeaders, config: Pick<Config, 'host' | 'origin'>): Asked | Unserved {
  const host = headers.host ?? '';
  if (!isHostHeader(host)) return { status: 400, reason: 'The Host header is missing or is not a host name.' };
  const onlyHere = isLoopbackHost(config.host) && (config.origin === null || isLoopbackOrigin(config.origin));
  // A page of another name that its DNS points at 127.0.0.1 would be same-origin with us otherwise (DNS rebinding).
  if (onlyHere && !isLoopbackHost(hostName(host)))
    return {
      status: 421,
      reason:
        'This server answers on its own machine only. To serve it under another name, set ORIGIN to its public address.',
    };
  const origin = config.origin ?? `http://${host.toLowerCase()}`;
  return {
    origin,
    loopback: onlyHere && !wasForwarded(headers),
    deviceSecret: deviceSecretIn(headers.cookie, origin.startsWith('https:')),
  };
}

/** A host name or address with an optional port, and nothing that could change the meaning of a URL it is put into. */
function isHostHeader(text: string): boolean {
  return /^(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9._-]{1,253})(:\d{1,5})?$/.test(text) && URL.canParse(`http://${text}`);
}

function hostName(hostHeader: string): string {
  return hostHeader.replace(/:\d+$/, '');
}

function isLoopbackOrigin(origin: string): boolean {
  return isLoopbackHost(new URL(origin).hostname);
}

const FORWARDING = new Set(['forwarded', 'via', 'x-real-ip', 'x-client-ip', 'x-cluster-client-ip', 'true-client-ip']);

function wasForwarded(headers: IncomingHttpHeaders): boolean {
  return Object.keys(headers).some(
    (name) => FORWARDING.has(name) || name.startsWith('x-forwarded') || name.startsWith('cf-'),
  );
}
