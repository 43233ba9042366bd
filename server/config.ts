import { resolve } from 'node:path';
import { InputError } from './errors.ts';
import { isAddressOrNetwork } from './http/client-address.ts';
import { isLoopbackHost } from './http/loopback.ts';

/** The server's settings, validated once at start; main.ts reads the environment, nothing else does. */
export interface Config {
  host: string;
  port: number;
  /** Public origin without a trailing slash; null when unset (then the Host header of a loopback request is used). */
  origin: string | null;
  /** Proxies whose X-Forwarded-For is believed: addresses and networks. */
  trustedProxies: readonly string[];
  dataDir: string;
  /** Import the sample event into an empty store. */
  sample: boolean;
  /** False only for measurement, and only on loopback. */
  limits: boolean;
}

export type Environment = Record<string, string | undefined>;

/**
 * Reads the settings of the README's table. Empty counts as unset. Throws InputError whose field is the variable's name and
 * whose message says what was expected and what was found.
 */
export function readConfig(env: Environment): Config {
  const host = readHost(env.HOST);
  refuseTier(env.DATABASE_URL, 'DATABASE_URL', 'PostgreSQL', 'SQLite in DATA_DIR');
  refuseTier(env.BUS_URL, 'BUS_URL', 'several instances', 'one process');
  return {
    host,
    port: readPort(env.PORT),
    origin: readOrigin(env.ORIGIN),
    trustedProxies: readProxies(env.TRUSTED_PROXIES),
    dataDir: resolve(env.DATA_DIR || './data'),
    sample: readSwitch(env.SAMPLE, 'SAMPLE', { 0: false, 1: true }, true),
    limits: readLimits(env.LIMITS, host),
  };
}

function readHost(value: string | undefined): string {
  if (!value) return '127.0.0.1';
  if (!/^[A-Za-z0-9.:_-]{1,255}$/.test(value))
    throw expected('HOST', 'a host name or address to listen on, such as 127.0.0.1 or 0.0.0.0', value);
  return value;
}

/** 0 is allowed: any free port, for tests and for running beside others. */
function readPort(value: string | undefined): number {
  if (!value) return 3000;
  const port = Number(value);
  if (!/^\d{1,5}$/.test(value) || port > 65535) throw expected('PORT', 'a number from 0 to 65535', value);
  return port;
}

function readOrigin(value: string | undefined): string | null {
  if (!value) return null;
  const wanted = 'scheme and host of the public address and nothing else, such as https://notes.example.org';
  const url = URL.canParse(value) ? new URL(value) : null;
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) throw expected('ORIGIN', wanted, value);
  // A path, a query or a password here would be dropped in silence, and the operator would wonder.
  if (url.href !== `${url.origin}/`) throw expected('ORIGIN', wanted, value);
  return url.origin;
}

function readProxies(value: string | undefined): string[] {
  const proxies = (value ?? '').split(/[\s,]+/).filter((one) => one !== '');
  if (!proxies.every(isAddressOrNetwork))
    throw expected('TRUSTED_PROXIES', 'addresses or networks with commas between, such as 127.0.0.1, ::1', value ?? '');
  return proxies;
}

function readLimits(value: string | undefined, host: string): boolean {
  const limits = readSwitch(value, 'LIMITS', { off: false, on: true }, true);
  if (!limits && !isLoopbackHost(host))
    throw new InputError('LIMITS', `LIMITS=off is only for measurement on loopback, but HOST is ${quote(host)}.`);
  return limits;
}

function readSwitch(
  value: string | undefined,
  name: string,
  words: Record<string, boolean>,
  otherwise: boolean,
): boolean {
  if (!value) return otherwise;
  const found = Object.hasOwn(words, value) ? words[value] : undefined;
  if (found === undefined) throw expected(name, Object.keys(words).join(' or '), value);
  return found;
}

function refuseTier(value: string | undefined, name: string, tier: string, now: string): void {
  if (value)
    throw new InputError(name, `${name} must be empty: ${tier} is not built yet. This version runs with ${now}.`);
}

function expected(name: string, what: string, found: string): InputError {
  return new InputError(name, `${name}: expected ${what}; found ${quote(found)}.`);
}

/** Quoted and escaped, so that a stray control character shows. */
function quote(text: string): string {
  return JSON.stringify(text);
}
