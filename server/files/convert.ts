import sharp, { type Sharp } from 'sharp';
import type { ImageFormat } from './formats.ts';
import { IMAGE_LIMITS } from './limits.ts';

/** What became of a picture: the new file's shape, or one sentence on why there is none. */
export type Converted =
  { ok: true; width: number; height: number; extension: 'png' | 'jpg' | 'webp' } | { ok: false; message: string };

// One thread: what people type must not wait for somebody's photo. And no loader but those of the formats we take.
sharp.concurrency(1);
sharp.cache(false);
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadPngFile',
    'VipsForeignLoadJpegFile',
    'VipsForeignLoadWebpFile',
    'VipsForeignLoadNsgifFile',
  ],
});

/**
 * Decodes the picture in the file `from` and writes it anew to `to`: turned upright, at most `IMAGE_LIMITS.width` wide, in sRGB,
 * without anything but its pixels. Of an animation the first frame is taken. A disk that is full counts as a damaged picture here; the caller sees
 * to it that there is room.
 */
export async function convertImage(from: string, to: string, format: ImageFormat): Promise<Converted> {
  // Only its head is read here, whatever size it says.
  const shape = await sharp(from, { limitInputPixels: false, pages: 1 })
    .metadata()
    .catch(() => null);
  if (shape === null || shape.format !== format)
    return { ok: false, message: 'This is not an image, or it is damaged. Open it, save it as PNG and try again.' };
  const { width, height } = shape;
  if (width > IMAGE_LIMITS.side || height > IMAGE_LIMITS.side || width * height > IMAGE_LIMITS.pixels)
    return { ok: false, message: `${width} × ${height} pixels are too many. Make the image smaller and try again.` };
  const source = sharp(from, { limitInputPixels: IMAGE_LIMITS.pixels, failOn: 'error', pages: 1 });
  const upright = source.autoOrient().resize({ width: IMAGE_LIMITS.width, withoutEnlargement: true });
  // A palette holds as long as no new colours are mixed.
  const palette = shape.isPalette && width <= IMAGE_LIMITS.width && !shape.hasAlpha;
  const [made, extension] = encoded(upright, format, palette);
  try {
    const { width, height } = await made.timeout({ seconds: IMAGE_LIMITS.convertMs / 1000 }).toFile(to);
    return { ok: true, width, height, extension };
  } catch {
    return { ok: false, message: 'The image is damaged or not whole. Open it, save it anew and try again.' };
  }
}

/** Photos stay photos; what has sharp edges, and the first frame of an animation, becomes PNG. */
function encoded(picture: Sharp, format: ImageFormat, palette: boolean): [Sharp, 'png' | 'jpg' | 'webp'] {
  if (format === 'jpeg') return [picture.jpeg({ quality: 85 }), 'jpg'];
  if (format === 'webp') return [picture.webp({ quality: 85 }), 'webp'];
  return [picture.png({ compressionLevel: 9, palette }), 'png'];
}
