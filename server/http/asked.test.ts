import { describe, expect, it } from 'vitest';
import { readAsked } from './asked.ts';
import { mark } from './front.ts';

const here = { host: '127.0.0.1', origin: null };
const SECRET = 'abcdefghijklmnopqrstuvwxyz_-0123';

describe('what a request says', () => {
  it.each([
    ['127.0.0.1:3000', 'http://127.0.0.1:3000'],
    ['LocalHost:3000', 'http://localhost:3000'],
    ['[::1]:3000', 'http://[::1]:3000'],
    ['notes.localhost', 'http://notes.localhost'],
  ])('ID7: Host %s on a loopback server is our own machine', (host, origin) => {
    expect(readAsked({ host }, here)).toEqual({ origin, loopback: true, deviceSecret: null });
  });

  it.each(['evil.example', 'evil.example:3000', '127.0.0.1.evil.example', '192.168.1.4:3000'])(
    'a loopback server does not answer to Host %s (DNS rebinding)',
    (host) => {
      expect(readAsked({ host }, here)).toMatchObject({ status: 421, reason: expect.stringContaining('set ORIGIN') });
      expect(readAsked({ host }, { host: '::1', origin: 'http://localhost:3000' })).toMatchObject({ status: 421 });
    },
  );

  it.each([undefined, '', 'a b', 'user@host', 'host/path', 'host?x', 'host#x', 'host:99999999', '[::1', 'a\tb'])(
    'Host %j is no host name',
    (host) => {
      expect(readAsked({ host }, { host: '0.0.0.0', origin: null })).toMatchObject({ status: 400 });
    },
  );

  it.each([
    [{ forwarded: 'for=1.2.3.4' }],
    [{ 'x-forwarded-for': '127.0.0.1' }],
    [{ 'x-forwarded-host': 'localhost' }],
    [{ 'x-forwarded-proto': 'https' }],
    [{ 'x-real-ip': '127.0.0.1' }],
    [{ via: '1.1 proxy' }],
    [{ 'cf-connecting-ip': '1.2.3.4' }],
  ])('ID7: %j ends loopback and changes nothing else', (forwarding) => {
    expect(readAsked({ host: 'localhost:3000', ...forwarding }, here)).toEqual({
      origin: 'http://localhost:3000',
      loopback: false,
      deviceSecret: null,
    });
  });

  it.each([
    [{ host: '0.0.0.0', origin: null }, 'localhost:3000'],
    [{ host: '127.0.0.1', origin: 'https://notes.example.org' }, 'notes.example.org'],
    [{ host: '127.0.0.1', origin: 'https://notes.example.org' }, 'localhost:3000'],
  ])('ID7: with settings %j a request to %s is not loopback', (config, host) => {
    expect(readAsked({ host }, config)).toMatchObject({ loopback: false });
  });

  it('ORIGIN decides the origin whatever Host says', () => {
    const config = { host: '0.0.0.0', origin: 'https://notes.example.org' };
    expect(readAsked({ host: '10.0.0.1:3000' }, config)).toMatchObject({ origin: 'https://notes.example.org' });
  });

  it('ID4: the device secret is read under the name that fits the scheme, and only in its own shape', () => {
    const secure = { host: '0.0.0.0', origin: 'https://notes.example.org' };
    const plain = (cookie: string) => readAsked({ host: 'localhost', cookie }, here);
    expect(plain(`a=b; plumbline-device=${SECRET}; c=d`)).toMatchObject({ deviceSecret: SECRET });
    expect(plain(`__Host-plumbline-device=${SECRET}`)).toMatchObject({ deviceSecret: null });
    expect(plain('plumbline-device=short')).toMatchObject({ deviceSecret: null });
    const cookie = `plumbline-device=${'x'.repeat(32)}; __Host-plumbline-device=${SECRET}`;
    expect(readAsked({ host: 'x', cookie }, secure)).toMatchObject({ deviceSecret: SECRET });
  });
});

describe('the front', () => {
  it('overwrites the private headers, so that nobody can send them', () => {
    const headers = {
      host: 'localhost:3000',
      'x-plumbline-loopback': 'yes',
      'x-plumbline-host': 'evil.example',
      'x-plumbline-other': 'x',
      'x-forwarded-for': '1.2.3.4',
    };
    expect(mark({ headers }, here)).toBeNull();
    expect(headers).toEqual({
      host: 'localhost:3000',
      'x-forwarded-for': '1.2.3.4',
      'x-plumbline-protocol': 'http',
      'x-plumbline-host': 'localhost:3000',
      'x-plumbline-loopback': 'no',
    });
  });
});
