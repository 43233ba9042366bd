import { CLOSES } from '#core/wire/closes.ts';
import type { RoomsStats } from './sync/rooms.ts';

/** What the process says about itself; main.ts reads it. */
export interface ProcessFacts {
  /** Seconds. */
  uptime: number;
  /** Bytes. */
  residentBytes: number;
  /** Seconds of CPU time since start. */
  cpu: number;
  /** Bytes free on the disk of the data folder; null or absent when not known. */
  freeBytes?: number | null;
}

/** Prometheus text format 0.0.4. Numbers only: no titles, names or ids. */
export function renderMetrics(rooms: RoomsStats, process: ProcessFacts, ready: boolean): string {
  const lines: string[] = [];
  const metric = (name: string, type: 'gauge' | 'counter', help: string, value: number): void => {
    lines.push(`# HELP plumbline_${name} ${help}`, `# TYPE plumbline_${name} ${type}`, `plumbline_${name} ${value}`);
  };
  metric('ready', 'gauge', '1 while the server can serve.', ready ? 1 : 0);
  metric('rooms', 'gauge', 'Open notes.', rooms.rooms);
  metric('peers', 'gauge', 'Open sockets.', rooms.peers);
  metric('writers', 'gauge', 'Open sockets that may write.', rooms.writers);
  metric('frames_in_total', 'counter', 'Frames received from peers.', rooms.framesIn);
  metric('packets_out_total', 'counter', 'Packets handed to sockets.', rooms.packetsOut);
  metric('appends_total', 'counter', 'Updates committed to the log.', rooms.updatesCommitted);
  // A summary without quantiles: rate(sum)/rate(count) is the mean time of a commit.
  lines.push(
    '# HELP plumbline_commit_seconds Time from handing a batch to the store until it was on disk.',
    '# TYPE plumbline_commit_seconds summary',
    `plumbline_commit_seconds_sum ${rooms.commitMs / 1000}`,
    `plumbline_commit_seconds_count ${rooms.commits}`,
  );
  metric('store_errors_total', 'counter', 'Reads and writes the store refused.', rooms.storeErrors);
  lines.push('# HELP plumbline_closes_total Sockets closed by the server.', '# TYPE plumbline_closes_total counter');
  // All of them, also at 0: an alarm cannot see the growth of what was not there before.
  for (const { reason } of Object.values(CLOSES))
    lines.push(`plumbline_closes_total{reason="${reason}"} ${rooms.closes.get(reason) ?? 0}`);
  if (process.freeBytes != null)
    metric('disk_free_bytes', 'gauge', 'Bytes free on the disk of the data folder.', process.freeBytes);
  metric('uptime_seconds', 'gauge', 'Time since start.', process.uptime);
  metric('resident_bytes', 'gauge', 'Memory of the process.', process.residentBytes);
  metric('cpu_seconds_total', 'counter', 'CPU time of the process.', process.cpu);
  return `${lines.join('\n')}\n`;
}
