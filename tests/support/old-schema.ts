import { readFileSync } from 'node:fs';
import { type MarkSpec, type NodeSpec, Schema } from '@tiptap/pm/model';
import type { NoteJson, NoteNode } from '#core/note/json.ts';
import { noteSchema } from '#core/note/schema.ts';

/** A note that uses every node, mark and attribute of its version, as that version wrote it. */
export interface SchemaFixture {
  schema: number;
  note: NoteJson;
  /** Yjs update (v1), base64, written through the editor's binding. */
  update: string;
}

export function schemaFixture(version: number): SchemaFixture {
  const path = new URL(`../fixtures/schema/v${version}.json`, import.meta.url);
  return JSON.parse(readFileSync(path, 'utf8')) as SchemaFixture;
}

/** The schema of an earlier version: of today's, the nodes, marks and attributes that its fixture has. */
export function oldSchema(version: number): Schema {
  const attributes = new Map<string, Set<string>>();
  const visit = (node: NoteNode): void => {
    for (const { type, attrs } of [node, ...(node.marks ?? [])]) {
      const known = attributes.get(type) ?? new Set();
      for (const name of Object.keys(attrs ?? {})) known.add(name);
      attributes.set(type, known);
    }
    node.content?.forEach(visit);
  };
  visit(schemaFixture(version).note);
  const nodes: Record<string, NodeSpec> = {};
  const marks: Record<string, MarkSpec> = {};
  noteSchema.spec.nodes.forEach((name, spec) => {
    const known = attributes.get(name);
    if (known) nodes[name] = { ...spec, attrs: only(spec.attrs, known) };
  });
  noteSchema.spec.marks.forEach((name, spec) => {
    const known = attributes.get(name);
    if (known) marks[name] = { ...spec, attrs: only(spec.attrs, known) };
  });
  return new Schema({ nodes, marks });
}

function only<T>(all: Record<string, T> | undefined, names: ReadonlySet<string>): Record<string, T> {
  return Object.fromEntries(Object.entries(all ?? {}).filter(([name]) => names.has(name)));
}
