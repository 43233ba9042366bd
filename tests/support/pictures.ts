import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

/** Small pictures with content that can be told apart: the left half red, the right half blue. */
export function halves(width: number, height: number): Sharp {
  const right = { create: { width: width / 2, height, channels: 3 as const, background: '#00f' } };
  return sharp({ create: { width, height, channels: 3, background: '#f00' } }).composite([
    { input: right, left: width / 2, top: 0 },
  ]);
}

/** As a phone stores a photo held upright: the pixels lie on their side, and EXIF says how to turn them, and where it was taken. */
export function phonePhoto(): Promise<Buffer> {
  return halves(120, 80)
    .jpeg()
    .withExif({ IFD0: { Orientation: '6', Make: 'Plumb phone' }, IFD3: { GPSLatitudeRef: 'N' } })
    .withMetadata({ orientation: 6 })
    .toBuffer();
}

/** A screenshot as tools store it: 8 bits that lead to a palette. */
export function paletteScreenshot(): Promise<Buffer> {
  return halves(64, 32).png({ palette: true }).toBuffer();
}

/** Two frames, red and blue. */
export async function animation(): Promise<Buffer> {
  const frames = await Promise.all(
    ['#f00', '#00f'].map((background) =>
      sharp({ create: { width: 8, height: 8, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  );
  return sharp(frames, { join: { animated: true } })
    .gif({ delay: [100, 100] })
    .toBuffer();
}

/** A few hundred bytes that say they are a picture of this size, with all its rows in one long run of zeros. */
export function bomb(width: number, height: number, rows = 64): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 0, 0, 0, 0], 8);
  const lines = deflateSync(Buffer.alloc((width + 1) * rows));
  return Buffer.concat([PNG, chunk('IHDR', head), chunk('IDAT', lines), chunk('IEND', Buffer.alloc(0))]);
}

const PNG = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

function chunk(name: string, data: Buffer): Buffer {
  const whole = Buffer.concat([Buffer.alloc(4), Buffer.from(name, 'latin1'), data, Buffer.alloc(4)]);
  whole.writeUInt32BE(data.length, 0);
  whole.writeUInt32BE(crc32(whole.subarray(4, -4)), whole.length - 4);
  return whole;
}
