import type { MaterialInput } from '#core/event/materials.ts';
import type { Material } from '#core/event/model.ts';
import { callApi, type Answer } from '#lib/http/call-api.ts';

/** A material that was taken away, and where it stood: what Undo needs. */
export interface Removal {
  material: Material;
  /** Place in the list, from 0. */
  index: number;
}

/** Changes to the materials of one session. `event` and `session` are slugs. */
export class MaterialCalls {
  readonly #base: string;

  constructor(event: string, session: string) {
    this.#base = `/api/events/${event}/sessions/${session}/materials`;
  }

  add(input: Record<keyof MaterialInput, string>): Promise<Answer> {
    return callApi('POST', this.#base, input);
  }

  remove(material: Material): Promise<Answer> {
    return callApi('DELETE', this.#at(material.id));
  }

  restore({ material, index }: Removal): Promise<Answer> {
    return callApi('PUT', this.#at(material.id), { material, index });
  }

  move(id: string, index: number): Promise<Answer> {
    return callApi('PATCH', this.#at(id), { index });
  }

  #at(id: string): string {
    return `${this.#base}/${encodeURIComponent(id)}`;
  }
}
