import { existsSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { IMAGE_BYTES } from '#core/note/image-uploads.ts';
import type { Environment } from './config.ts';
import { FRONT_HEADERS } from './http/front.ts';

/** There is nothing in build/ to serve. */
class NotBuiltError extends Error {
  readonly kind = 'not-built';
}

/**
 * Loads the built pages. Services must be provided before. SvelteKit's handler reads settings of its own from the process's
 * environment when it is loaded, so they are put into `env`, which must be that environment itself; see http/front.ts.
 */
export async function loadPages(env: Environment): Promise<RequestListener> {
  const file = new URL('../build/handler.js', import.meta.url);
  if (!existsSync(file)) throw new NotBuiltError('The pages are not built. Use npm start, or npm run build first.');
  for (const name of ['ORIGIN', 'PORT_HEADER', 'ADDRESS_HEADER', 'XFF_DEPTH']) delete env[name];
  env['PROTOCOL_HEADER'] = FRONT_HEADERS.protocol;
  env['HOST_HEADER'] = FRONT_HEADERS.host;
  // The limits that count are those of http/front.ts and files/: this one only has to be above them.
  env['BODY_SIZE_LIMIT'] = String(2 * IMAGE_BYTES);
  const { handler } = (await import(file.href)) as { handler: RequestListener };
  return handler;
}
