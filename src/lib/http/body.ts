import { error } from '@sveltejs/kit';
import { inputError } from './input-error.ts';

/** The JSON object in a request's body. Throws 415 for another content type, 400 when it is not an object. */
export async function readObject(request: Request): Promise<Record<string, unknown>> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') error(415, 'Send JSON with Content-Type: application/json.');
  const text = await request.text();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw inputError('body', 'The body is not JSON.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw inputError('body', 'The body must be a JSON object.');
  return value as Record<string, unknown>;
}

export function stringIn(body: Record<string, unknown>, field: string): string {
  const value = body[field];
  if (typeof value !== 'string') throw inputError(field, `${field} must be a string.`);
  return value;
}

/** A whole number from 0, such as a place in a list. */
export function indexIn(body: Record<string, unknown>, field: string): number {
  const value = body[field];
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
    throw inputError(field, `${field} must be a whole number from 0.`);
  return value;
}
