import { randomName } from '#core/identity/random-name.ts';
import { imageFile } from '#core/note/images.ts';
import type { ImageService, ImageUpload, SessionPlace } from '../context.ts';
import { AccessError, InputError, NotFoundError, RefusedError } from '../errors.ts';
import type { Actor } from '../identity/actor.ts';
import { authorize } from '../identity/authorize.ts';
import { Rates } from '../rates.ts';
import type { EventRecord, EventTables } from '../store/tables.ts';
import type { Convert } from './converter.ts';
import type { ImageFolder } from './image-folder.ts';
import { IMAGE_LIMITS } from './limits.ts';
import { fileName, typeOf } from './names.ts';
import { takeIn } from './take-in.ts';

export interface ImageParts {
  events: Pick<EventTables, 'get'>;
  folder: ImageFolder;
  convert: Convert;
  clock: { elapsed(): number };
  random(bytes: number): Uint8Array;
}

/** The images of notes: taken in, made anew, kept per event and given to who may read it. Files are never changed or deleted. */
export class Images implements ImageService {
  readonly #parts: ImageParts;
  readonly #rates = new Rates(IMAGE_LIMITS, 'images');
  /** Uploads under way, by device. */
  readonly #underWay = new Map<string, number>();

  constructor(parts: ImageParts) {
    this.#parts = parts;
  }

  async add(actor: Actor, at: SessionPlace, upload: ImageUpload): Promise<{ file: string }> {
    const event = await this.#mayAdd(actor, at);
    this.#rates.take(actor.id, this.#parts.clock.elapsed());
    const end = this.#begin(actor.id);
    try {
      return await this.#take(event.slug, upload);
    } finally {
      end();
    }
  }

  async read(actor: Actor, file: string): Promise<{ bytes: Uint8Array<ArrayBuffer>; type: string } | null> {
    const { folder, events } = this.#parts;
    const slug = imageFile(file) === null ? null : await folder.eventOf(file);
    const event = slug === null ? null : await events.get(slug);
    if (slug === null || event === null) return null;
    if (!authorize(actor, 'read', event)) throw new AccessError('This event is not open to you.');
    const bytes = await folder.read(slug, file);
    return bytes && { bytes, type: typeOf(file) };
  }

  /** Takes a place among the uploads under way; what is returned gives it back. */
  #begin(device: string): () => void {
    const own = this.#underWay.get(device) ?? 0;
    const all = this.#underWay.values().reduce((sum, count) => sum + count, 0);
    if (own >= IMAGE_LIMITS.waitingOfOne)
      throw new RefusedError(429, 'Other images of yours are still coming in. Try again when they are there.');
    if (all >= IMAGE_LIMITS.waiting)
      throw new RefusedError(429, 'Many images are coming in just now. Try again in a few seconds.');
    this.#underWay.set(device, own + 1);
    return () => {
      const left = (this.#underWay.get(device) ?? 1) - 1;
      if (left > 0) this.#underWay.set(device, left);
      else this.#underWay.delete(device);
    };
  }

  async #mayAdd(actor: Actor, at: SessionPlace): Promise<EventRecord> {
    const event = await this.#parts.events.get(at.event);
    if (!event?.sessions.some(({ slug }) => slug === at.session))
      throw new NotFoundError(`There is no session ${at.event}/${at.session}.`);
    if (!authorize(actor, 'write', event)) throw new AccessError('You may not write in this event.');
    if (actor.name === null) throw new InputError('name', 'Give your name first, so that others see who writes.');
    return event;
  }

  async #take(event: string, { type, body }: ImageUpload): Promise<{ file: string }> {
    const { folder, convert, random } = this.#parts;
    if ((await folder.free()) < IMAGE_LIMITS.freeBytes)
      throw new RefusedError(
        507,
        'The server’s disk is nearly full, and what is left is for text. Link the image instead.',
      );
    const id = randomName(random);
    const [raw, made] = [await folder.incoming(`${id}.raw`), await folder.incoming(id)];
    try {
      const format = await takeIn(raw, type, body);
      const picture = await convert(raw, made, format);
      if (!picture.ok) throw new InputError('image', picture.message);
      const file = fileName(id, picture);
      await folder.keep(made, event, file);
      return { file };
    } finally {
      await Promise.all([folder.drop(raw), folder.drop(made)]);
    }
  }
}
