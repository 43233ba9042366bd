import { convertImage } from './convert.ts';
import type { ImageFormat } from './formats.ts';

/** The process that decodes one picture and ends: `from to format` in, one message out. */
// eslint-disable-next-line no-restricted-properties -- a program of its own: its arguments are its whole input
const [from = '', to = '', format = 'png'] = process.argv.slice(2);
process.send?.(await convertImage(from, to, format as ImageFormat));
process.disconnect();
