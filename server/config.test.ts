import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

describe('settings', () => {
  it('have defaults that run on one machine with no other service', () => {
    const config = readConfig({});
    expect(config).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      origin: null,
      trustedProxies: [],
      sample: true,
      limits: true,
    });
    expect(config.dataDir).toMatch(/\/data$/);
  });

  it('count an empty value as unset', () => {
    expect(
      readConfig({ HOST: '', PORT: '', ORIGIN: '', DATA_DIR: '', DATABASE_URL: '', SAMPLE: '', LIMITS: '' }),
    ).toEqual(readConfig({}));
  });

  it.each([
    [{ HOST: '0.0.0.0' }, { host: '0.0.0.0' }],
    [
      { HOST: '::1', LIMITS: 'off' },
      { host: '::1', limits: false },
    ],
    [{ HOST: 'localhost', LIMITS: 'off' }, { limits: false }],
    [{ LIMITS: 'on' }, { limits: true }],
    [{ PORT: '0' }, { port: 0 }],
    [{ PORT: '65535' }, { port: 65535 }],
    [{ ORIGIN: 'https://notes.example.org' }, { origin: 'https://notes.example.org' }],
    [{ ORIGIN: 'https://Notes.Example.org:443/' }, { origin: 'https://notes.example.org' }],
    [{ ORIGIN: 'http://[::1]:3000' }, { origin: 'http://[::1]:3000' }],
    [{ TRUSTED_PROXIES: '127.0.0.1, ::1,10.0.0.0/8 ' }, { trustedProxies: ['127.0.0.1', '::1', '10.0.0.0/8'] }],
    [{ DATA_DIR: '/srv/plumbline/' }, { dataDir: '/srv/plumbline' }],
    [{ SAMPLE: '0' }, { sample: false }],
    [{ SAMPLE: '1' }, { sample: true }],
  ])('reads %j', (env, want) => {
    expect(readConfig(env)).toMatchObject(want);
  });

  it.each([
    [{ HOST: 'a b' }, 'HOST', /host name or address.*"a b"/],
    [{ HOST: 'http://x' }, 'HOST', /host name or address/],
    [{ PORT: 'http' }, 'PORT', /0 to 65535; found "http"/],
    [{ PORT: '65536' }, 'PORT', /0 to 65535/],
    [{ PORT: '-1' }, 'PORT', /0 to 65535/],
    [{ PORT: '3000.0' }, 'PORT', /0 to 65535/],
    [{ PORT: '1e3' }, 'PORT', /0 to 65535/],
    [{ ORIGIN: 'notes.example.org' }, 'ORIGIN', /scheme and host/],
    [{ ORIGIN: 'ftp://notes.example.org' }, 'ORIGIN', /scheme and host/],
    [{ ORIGIN: 'https://notes.example.org/app' }, 'ORIGIN', /nothing else/],
    [{ ORIGIN: 'https://notes.example.org/?' }, 'ORIGIN', /nothing else/],
    [{ ORIGIN: 'https://ada:pw@notes.example.org' }, 'ORIGIN', /nothing else/],
    [{ ORIGIN: '*' }, 'ORIGIN', /scheme and host/],
    [{ TRUSTED_PROXIES: 'localhost' }, 'TRUSTED_PROXIES', /addresses or networks.*"localhost"/],
    [{ TRUSTED_PROXIES: '127.0.0.1;::1' }, 'TRUSTED_PROXIES', /addresses or networks/],
    [{ SAMPLE: 'no' }, 'SAMPLE', /0 or 1; found "no"/],
    [{ SAMPLE: 'constructor' }, 'SAMPLE', /0 or 1/],
    [{ LIMITS: 'none' }, 'LIMITS', /off or on/],
    [{ DATABASE_URL: 'postgres://x' }, 'DATABASE_URL', /PostgreSQL is not built yet/],
    [{ BUS_URL: 'redis://x' }, 'BUS_URL', /several instances is not built yet/],
  ])('ST3: %j is refused by name, saying what was expected', (env, field, message) => {
    expect(() => readConfig(env)).toThrow(
      expect.objectContaining({ kind: 'input', field, message: expect.stringMatching(message) }),
    );
  });

  it.each(['0.0.0.0', '::', '192.168.1.4', 'localhost.example.org', '127.evil.org'])(
    'ST8: LIMITS=off is refused on HOST=%s',
    (HOST) => {
      expect(() => readConfig({ HOST, LIMITS: 'off' })).toThrow(/only for measurement on loopback/);
    },
  );
});
