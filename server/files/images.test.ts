import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Access } from '#core/event/model.ts';
import { animation, bomb, halves, paletteScreenshot, phonePhoto } from '../../tests/support/pictures.ts';
import { smallEvent } from '../../tests/support/sample-event.ts';
import type { Actor } from '../identity/actor.ts';
import { createConverter } from './converter.ts';
import type { Convert } from './converter.ts';
import { openImageFolder } from './image-folder.ts';
import type { ImageFolder } from './image-folder.ts';
import { Images } from './images.ts';
import { IMAGE_LIMITS } from './limits.ts';

// Each picture is decoded in a process of its own, and other suites may keep the machine busy.
vi.setConfig({ testTimeout: 60_000 });

const ADA: Actor = { id: 'ada', name: 'Ada', organizer: false, loopback: false };
const AT = { event: 'pci', session: 'opening' };

let data: string;
let folder: ImageFolder;
let elapsed = 0;
let access: Access = 'open';

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'plumbline-images-'));
  folder = openImageFolder(join(data, 'files'));
  [elapsed, access] = [0, 'open'];
});
afterEach(() => rm(data, { recursive: true, force: true }));

function images(parts: { convert?: Convert; folder?: ImageFolder } = {}): Images {
  let given = 0;
  return new Images({
    events: { get: async (slug) => (slug === 'pci' ? smallEvent('pci', access, ['opening']).event : null) },
    folder,
    convert: createConverter(),
    clock: { elapsed: () => elapsed },
    random: (bytes) => new Uint8Array(bytes).fill(given++),
    ...parts,
  });
}

async function* chunks(bytes: Uint8Array, size = 5): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const upload = (bytes: Buffer, type = 'image/png') => ({ type, body: chunks(bytes, 4096) });

/** Adds a picture and reads what became of it. */
async function taken(bytes: Buffer, type: string): Promise<{ file: string; bytes: Uint8Array; type: string }> {
  const all = images();
  const { file } = await all.add(ADA, AT, upload(bytes, type));
  const read = await all.read(ADA, file);
  if (read === null) throw new Error('It is not there.');
  return { file, ...read };
}

async function pixels(bytes: Uint8Array): Promise<string> {
  const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) => data.subarray((y * info.width + x) * 3).subarray(0, 3);
  const corners = [at(1, 1), at(info.width - 2, 1), at(1, info.height - 2)];
  return corners.map(([r = 0, , b = 0]) => (r > 200 ? 'red' : b > 200 ? 'blue' : 'other')).join(' ');
}

const left = async () => readdir(join(data, 'files', '.incoming')).catch(() => []);
const kept = async () => readdir(join(data, 'files', 'pci')).catch(() => []);

describe('honest images', () => {
  it('WR13: a phone’s photo is turned upright and loses what it says of itself', async () => {
    const photo = await phonePhoto();
    expect((await sharp(photo).metadata()).exif?.toString('latin1')).toContain('Plumb phone');
    const { file, bytes, type } = await taken(photo, 'image/jpeg');
    expect([file, type]).toEqual([`${'a'.repeat(26)}-80x120.jpg`, 'image/jpeg']);
    const { exif, orientation, icc, xmp } = await sharp(bytes).metadata();
    expect({ exif, orientation, icc, xmp }).toEqual({});
    expect(Buffer.from(bytes).toString('latin1')).not.toContain('Plumb phone');
    expect(await pixels(bytes)).toBe('red red blue');
  });

  it('WR13: a screenshot with a palette keeps every pixel', async () => {
    const screenshot = await paletteScreenshot();
    const { bytes, type } = await taken(screenshot, 'image/png');
    expect(type).toBe('image/png');
    expect(await sharp(bytes).removeAlpha().raw().toBuffer()).toEqual(
      await sharp(screenshot).removeAlpha().raw().toBuffer(),
    );
  });

  it('WR13: a wide image is shrunk, a small one is not made larger', async () => {
    expect((await taken(await halves(4000, 100).webp().toBuffer(), 'image/webp')).file).toMatch(/-2000x50\.webp$/);
    expect((await taken(await halves(20, 10).png().toBuffer(), 'image/png; x=y')).file).toMatch(/-20x10\.png$/);
  });

  it('WR13: of an animation the first frame is kept', async () => {
    const { file, bytes } = await taken(await animation(), 'image/gif');
    expect(file).toMatch(/-8x8\.png$/);
    expect(await pixels(bytes)).toBe('red red red');
  });
});

const html = '<html><script>alert(1)</script></html>';

describe('hostile images', () => {
  it.each<[string, () => Promise<Buffer> | Buffer, string, RegExp]>([
    [
      'SVG that calls itself PNG',
      () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      'image/png',
      /not what it says/,
    ],
    ['SVG', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'image/svg+xml', /^Only PNG/],
    ['HTML that calls itself GIF', () => Buffer.from(html), 'image/gif', /not what it says/],
    ['no type', () => halves(4, 4).png().toBuffer(), '', /^Only PNG/],
    ['JPEG that calls itself PNG', () => halves(4, 4).jpeg().toBuffer(), 'image/png', /not what it says/],
    [
      'the start of a PNG and then HTML',
      () => Buffer.from(`\x89PNG\r\n\x1a\n${html}`, 'latin1'),
      'image/png',
      /not an image/,
    ],
    [
      'the start of a GIF and then a script',
      () => Buffer.from('GIF89a=1;alert(1)//'),
      'image/gif',
      /not an image|damaged/,
    ],
    ['half a photo', async () => (await halves(400, 400).jpeg().toBuffer()).subarray(0, 900), 'image/jpeg', /damaged/],
    ['half a screenshot', () => bomb(500, 500, 20), 'image/png', /damaged/],
    ['a bomb', () => bomb(16_000, 16_000, 1), 'image/png', /^16000 × 16000 pixels are too many/],
    ['a thread', () => bomb(1, 40_000, 1), 'image/png', /^1 × 40000 pixels are too many/],
    ['nothing', () => Buffer.alloc(0), 'image/png', /empty/],
  ])('WR13: %s is refused by name and leaves nothing behind', async (_, make, type, message) => {
    const refused = images().add(ADA, AT, upload(await make(), type));
    await expect(refused).rejects.toMatchObject({
      kind: 'input',
      field: 'image',
      message: expect.stringMatching(message),
    });
    expect([await left(), await kept()]).toEqual([[], []]);
  });

  it('WR13: what hides behind the pixels of an image does not come through', async () => {
    const polyglot = Buffer.concat([await halves(20, 20).png().toBuffer(), Buffer.from(html)]);
    const noted = await halves(20, 20)
      .jpeg()
      .withExif({ IFD0: { ImageDescription: html } })
      .toBuffer();
    for (const [bytes, type] of [
      [polyglot, 'image/png'],
      [noted, 'image/jpeg'],
    ] as const) {
      expect(bytes.toString('latin1')).toContain('<script>');
      expect(Buffer.from((await taken(bytes, type)).bytes).toString('latin1')).not.toContain('<script>');
    }
  });

  it('WR13: a decoder that takes too long or dies ends its picture and no other', async () => {
    const picture = await halves(20, 20).png().toBuffer();
    await expect(images({ convert: createConverter(1) }).add(ADA, AT, upload(picture))).rejects.toMatchObject({
      kind: 'input',
    });
    expect(await left()).toEqual([]);
    expect((await taken(picture, 'image/png')).file).toMatch(/-20x20\.png$/);
  });
});

describe('limits', () => {
  const never: Convert = () => Promise.reject(new Error('Nothing may be decoded.'));

  it('WR13: an upload that is too long is cut off where the limit is', async () => {
    let sent = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) yield new Uint8Array(1_000_000).fill((sent += 1));
    }
    const refused = images({ convert: never }).add(ADA, AT, { type: 'image/png', body: endless() });
    await expect(refused).rejects.toMatchObject({
      kind: 'refused',
      status: 413,
      message: expect.stringMatching(/15 MB/),
    });
    expect(sent).toBe(IMAGE_LIMITS.bytes / 1_000_000 + 1);
    expect(await left()).toEqual([]);
  });

  it('WR13: a connection that breaks off leaves nothing behind', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield await halves(4, 4).png().toBuffer();
      throw new Error('aborted');
    }
    const refused = images({ convert: never }).add(ADA, AT, { type: 'image/png', body: broken() });
    await expect(refused).rejects.toMatchObject({ kind: 'input', message: expect.stringMatching(/arrive whole/) });
    expect(await left()).toEqual([]);
  });

  it('WR13: a device brings some at once and then a few a minute; others are not held up', async () => {
    const quick = images({
      convert: async (_, to) => (await writeFile(to, 'x'), { ok: true, width: 1, height: 1, extension: 'png' }),
    });
    const add = async (id: string) => quick.add({ ...ADA, id }, AT, upload(await halves(4, 4).png().toBuffer()));
    for (let i = 0; i < IMAGE_LIMITS.burst; i += 1) await add('ada');
    await expect(add('ada')).rejects.toMatchObject({
      status: 429,
      message: 'Too many images at once. Try again in 6 s.',
    });
    await add('bob');
    elapsed += 6_000;
    await add('ada');
    await expect(add('ada')).rejects.toMatchObject({ status: 429 });
    for (let i = 0; i < IMAGE_LIMITS.allBurst; i += 1) await add(`many ${i}`).catch(() => undefined);
    await expect(add('another')).rejects.toMatchObject({ status: 429 });
  });

  it('WR13: only so many are worked on at once', async () => {
    let done: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (done = resolve));
    const slow = images({ convert: async () => (await held, { ok: false, message: 'no' }) });
    const picture = await halves(4, 4).png().toBuffer();
    const add = (id: number) => slow.add({ ...ADA, id: `${id}` }, AT, upload(picture)).catch((error: unknown) => error);
    const waiting = Array.from({ length: IMAGE_LIMITS.waiting }, (_, i) => add(i));
    expect(await add(99)).toMatchObject({ status: 429, message: expect.stringMatching(/in a few seconds/) });
    done();
    expect(await Promise.all(waiting)).toHaveLength(IMAGE_LIMITS.waiting);
    expect(await add(100)).toMatchObject({ kind: 'input' });
  });

  it('WR13: one device with many slow uploads leaves places to others, and gets its own back as they end', async () => {
    const go: (() => void)[] = [];
    const hangs = async function* (): AsyncGenerator<Uint8Array> {
      await new Promise<void>((resolve) => go.push(resolve));
      yield* chunks(await halves(4, 4).png().toBuffer());
    };
    const all = images({ convert: async () => ({ ok: false, message: 'no' }) });
    const add = (id: string) =>
      all.add({ ...ADA, id }, AT, { type: 'image/png', body: hangs() }).catch((error: unknown) => error);
    const slow = Array.from({ length: IMAGE_LIMITS.waitingOfOne }, () => add('slow'));
    expect(await add('slow')).toMatchObject({ status: 429, message: expect.stringMatching(/of yours/) });
    const other = add('other');
    await vi.waitUntil(() => go.length === IMAGE_LIMITS.waitingOfOne + 1);
    for (const end of go.splice(0)) end();
    for (const ended of await Promise.all([...slow, other])) expect(ended).toMatchObject({ kind: 'input' });
    const again = add('slow');
    await vi.waitUntil(() => go.length === 1);
    go[0]?.();
    expect(await again).toMatchObject({ kind: 'input' });
  });

  it('WR13: while the disk is nearly full images are refused, so that text has room', async () => {
    const full = images({ convert: never, folder: { ...folder, free: async () => IMAGE_LIMITS.freeBytes - 1 } });
    await expect(full.add(ADA, AT, upload(Buffer.alloc(9)))).rejects.toMatchObject({ kind: 'refused', status: 507 });
  });
});

describe('access', () => {
  it('ID6, WR13: who may not write brings none, who may not read sees none', async () => {
    const all = images();
    const picture = await halves(4, 4).png().toBuffer();
    const { file } = await all.add(ADA, AT, upload(picture));
    await expect(all.add({ ...ADA, name: null }, AT, upload(picture))).rejects.toMatchObject({ field: 'name' });
    await expect(all.add(ADA, { ...AT, session: 'no' }, upload(picture))).rejects.toMatchObject({ kind: 'not-found' });
    access = 'closed';
    await expect(all.add(ADA, AT, upload(picture))).rejects.toMatchObject({ kind: 'access' });
    await expect(all.read(ADA, file)).rejects.toMatchObject({ kind: 'access' });
    expect(await all.read({ ...ADA, organizer: true }, file)).not.toBeNull();
  });

  it.each(['../../plumbline.db', '.incoming', '', `${'b'.repeat(26)}-4x4.png`, `../pci/${'a'.repeat(26)}-4x4.png`])(
    'WR13: %j is no file',
    async (file) => {
      expect(await images().read(ADA, file)).toBeNull();
    },
  );

  it('WR13: files are found after a restart; what was being made then is gone', async () => {
    const { file } = await images().add(ADA, AT, upload(await halves(4, 4).png().toBuffer()));
    await writeFile(await folder.incoming('half'), 'x');
    folder = openImageFolder(join(data, 'files'));
    expect(await images().read(ADA, file)).toMatchObject({ type: 'image/png' });
    expect(await left()).toEqual([]);
  });
});
