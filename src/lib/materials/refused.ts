import type { MaterialInput } from '#core/event/materials.ts';

/** What a refused form without scripts comes back with. */
export interface RefusedMaterial {
  /** null when the trouble is not about one field. */
  field: string | null;
  message: string;
  typed: Record<keyof MaterialInput, string>;
}
