/**
 * Raised with every new node, mark or attribute; sent by the client when it connects. The binding deletes what its schema
 * cannot build, for everyone, so a client older than the note is turned away (SY13). The schema only ever grows, and each
 * version leaves a fixture in tests/fixtures/schema.
 */
export const SCHEMA_VERSION = 3;
