import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { build } from 'vite';
import { visitor } from './browser.ts';
import { typeAndTime } from './measures.ts';

const STYLE = '.ProseMirror{max-width:664px;margin:auto;font:16px/26px sans-serif;white-space:break-spaces}';

/** What a key costs in an editor that does nothing else, in a note of as many blocks. */
export async function floorKeys(browser: Browser, blocks: number): Promise<number[]> {
  const script = await bundled();
  const server = createServer((request, response) => {
    const isScript = request.url === '/floor.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html; charset=utf-8');
    response.end(
      isScript ? script : `<!doctype html><style>${STYLE}</style><body><script type="module" src="/floor.js"></script>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { context, page } = await visitor(browser, origin, null, false);
  await page.goto(`/?blocks=${blocks}`);
  await page.locator('.ProseMirror > p').nth(5).click();
  const times = await typeAndTime(page);
  await context.close();
  server.close();
  return times;
}

async function bundled(): Promise<string> {
  const made = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, lib: { entry: join(import.meta.dirname, 'floor-page.ts'), formats: ['es'] } },
  });
  const first = Array.isArray(made) ? made[0] : made;
  const chunk = first && 'output' in first ? first.output[0] : undefined;
  if (!chunk || !('code' in chunk)) throw new Error('The floor was not built.');
  return chunk.code;
}
