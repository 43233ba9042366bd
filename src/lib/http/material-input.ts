import { MATERIAL_KINDS } from '#core/event/materials.ts';
import type { Material, MaterialKind } from '#core/event/model.ts';
import { stringIn } from './body.ts';
import { inputError } from './input-error.ts';

export function materialKindIn(body: Record<string, unknown>): MaterialKind {
  const kind = MATERIAL_KINDS.find((known) => known === body['kind']);
  if (kind === undefined) throw inputError('kind', `The kind must be one of ${MATERIAL_KINDS.join(', ')}.`);
  return kind;
}

/** A material as a removal answered it, for putting it back. */
export function materialIn(body: Record<string, unknown>): Material {
  const material = body['material'];
  if (typeof material !== 'object' || material === null)
    throw inputError('material', 'material must be the object the removal answered.');
  const fields = material as Record<string, unknown>;
  return {
    id: stringIn(fields, 'id'),
    kind: materialKindIn(fields),
    title: stringIn(fields, 'title'),
    url: stringIn(fields, 'url'),
    addedBy: stringIn(fields, 'addedBy'),
    addedAt: stringIn(fields, 'addedAt'),
  };
}
