import { IMAGE_BYTES } from '#core/note/image-uploads.ts';

/** Every limit on images, with its reason. */
export const IMAGE_LIMITS = {
  /** Largest upload, bytes. */
  bytes: IMAGE_BYTES,
  /** Largest picture, pixels. Phones make 50 million; a small file that unpacks to more is a bomb. */
  pixels: 64_000_000,
  /** Longest side, pixels: what every format can hold. */
  side: 16_383,
  /** Pictures are shrunk to this width: three times the note's text, for sharp screens. */
  width: 2_000,
  /** How long one picture may be worked on, milliseconds. The largest honest one takes about 3 s on a slow core. */
  convertMs: 20_000,
  /** Uploads under way at once, and their conversions waiting: each may hold `bytes` on disk. */
  waiting: 12,
  /** Of these, how many one device may hold, for a slow upload lasts minutes. An open note brings one at a time: enough for some tabs. */
  waitingOfOne: 4,
  /** Per device: someone who pastes a talk's screenshots makes some in a row, and a few a minute. */
  perMinute: 10,
  burst: 20,
  /** Over all devices: making devices costs nothing. */
  allPerMinute: 120,
  allBurst: 120,
  /** Images are refused while the disk has less free than this, bytes: the log of the notes is on it. */
  freeBytes: 500_000_000,
} as const;
