import { describe, expect, it } from 'vitest';
import { clientAddresses, isAddressOrNetwork } from './client-address.ts';

function from(remoteAddress: string | undefined, forwarded?: string | string[]) {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  return { headers, socket: { remoteAddress } } as Parameters<ReturnType<typeof clientAddresses>>[0];
}

describe('where a request comes from', () => {
  const here = clientAddresses(['127.0.0.1', '::1', '10.0.0.0/8', 'fd00::/8']);

  it.each([
    ['no proxy is trusted', clientAddresses([]), from('127.0.0.1', '192.0.2.1'), '127.0.0.1'],
    ['it is not a trusted proxy', here, from('198.51.100.7', '192.0.2.1'), '198.51.100.7'],
    ['the proxy says nothing', here, from('127.0.0.1'), '127.0.0.1'],
    ['the proxy says no address', here, from('127.0.0.1', 'unknown'), '127.0.0.1'],
    ['the connection is gone', here, from(undefined, '192.0.2.1'), ''],
  ])('ID11: is its connection when %s', (_, addressOf, request, address) => {
    expect(addressOf(request)).toBe(address);
  });

  it.each([
    [from('127.0.0.1', '192.0.2.1'), '192.0.2.1'],
    [from('::ffff:127.0.0.1', '192.0.2.1'), '192.0.2.1'],
    [from('::1', '2001:db8::1'), '2001:db8::1'],
    [from('10.1.2.3', '::ffff:192.0.2.1'), '192.0.2.1'],
    [from('fd12::1', ['203.0.113.9', '192.0.2.1']), '192.0.2.1'],
    // What the client wrote itself stands before what the proxy added.
    [from('127.0.0.1', '203.0.113.9, 192.0.2.1'), '192.0.2.1'],
    [from('127.0.0.1', '203.0.113.9, 192.0.2.1, 10.0.0.4'), '192.0.2.1'],
    [from('127.0.0.1', '10.0.0.9, 10.0.0.4'), '10.0.0.9'],
    [from('127.0.0.1', 'evil, 10.0.0.4'), '10.0.0.4'],
  ])('ID11: behind trusted proxies it is the last that is none of them', (request, address) => {
    expect(here(request)).toBe(address);
  });

  it.each(['127.0.0.1', '::1', '10.0.0.0/8', 'fd00::/8', '0.0.0.0/0'])('takes %j', (text) => {
    expect(isAddressOrNetwork(text)).toBe(true);
  });

  it.each(['', 'localhost', '10.0.0.0/33', '::1/129', '10.0.0.0/', '10.0.0.0/8/8', '10.0.0.0/-1', '127.0.0.1:80'])(
    'does not take %j',
    (text) => {
      expect(isAddressOrNetwork(text)).toBe(false);
    },
  );
});
