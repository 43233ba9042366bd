import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { Writer } from '../faults/writer.ts';
import { smallDisk } from '../support/full-disk.ts';
import { skippedHere } from '../support/skipped-here.ts';
import { noteOf, startServer } from '../support/start-server.ts';

const disk = smallDisk(6);
const why = typeof disk === 'string' ? disk : null;
afterAll(() => {
  if (typeof disk !== 'string') disk.remove();
});

test.skipIf(why !== null)(
  `DK2 (T4): on a full disk nothing is acked, people are told, reading goes on, after a kill too; when there is room again writing goes on and nothing was lost${skippedHere(why)}`,
  async () => {
    if (typeof disk === 'string') throw new Error(disk);
    const server = await startServer({ dataDir: join(disk.folder, 'data') });
    try {
      const port = Number(new URL(server.url).port);
      const { noteId, address } = await noteOf(server.url);
      const ada = new Writer('ada', noteId);
      const there = async (): Promise<Set<string>> =>
        new Set((await (await fetch(`${server.url}${address}.md`)).text()).match(/⟨[^⟩]+⟩/g));
      await ada.connect(port, true);
      await ada.until(() => ada.acked.size > 50);

      disk.fill();
      await ada.until(() => ada.closedFor !== null);
      expect(ada.closedFor).toBe('cannot-store');
      expect(ada.typed.size).toBeGreaterThan(ada.acked.size);
      expect((await there()).isSupersetOf(ada.acked)).toBe(true);

      await server.kill9();
      await server.restart();
      expect((await there()).isSupersetOf(ada.acked)).toBe(true);
      await vi.waitUntil(() => server.output().includes('The disk of DATA_DIR is full: notes can be read'));
      // One that was stopped has left nothing on the disk that its next start could write over.
      await server.stop();
      disk.fill();
      await server.restart();
      expect((await there()).isSupersetOf(ada.acked)).toBe(true);

      disk.free();
      await ada.connect(port, false);
      await ada.until(() => ada.saved);
      expect(await there()).toEqual(ada.typed);
    } finally {
      await server.dispose();
    }
  },
  120_000,
);
