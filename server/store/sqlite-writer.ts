/** The worker that holds the only connection that writes. Started by sqlite.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import { faultPoints } from './fault.ts';
import { Appender } from './sqlite/append.ts';
import { openWriter } from './sqlite/connection.ts';
import { DeviceWriter } from './sqlite/devices.ts';
import { EventWriter } from './sqlite/event-writer.ts';
import { NoteRows } from './sqlite/note-rows.ts';
import { OutcomeWriter } from './sqlite/outcome-writer.ts';
import { serve } from './sqlite/serve.ts';
import { Snapshots } from './sqlite/snapshots.ts';

export interface WriterData {
  path: string;
  /** As in `faultPoints`. */
  fault: string | null;
}

function open({ path, fault: setting }: WriterData) {
  const db = openWriter(path);
  const fault = faultPoints(setting);
  const notes = new NoteRows(db);
  const appender = new Appender(db, notes, fault);
  const snapshots = new Snapshots(db, notes, fault);
  const events = new EventWriter(db, notes);
  const devices = new DeviceWriter(db);
  const outcomes = new OutcomeWriter(db, fault);
  return {
    append: appender.append.bind(appender),
    insertSnapshot: snapshots.insert.bind(snapshots),
    prune: snapshots.prune.bind(snapshots),
    saveEvent: events.save.bind(events),
    setMaterials: events.setMaterials.bind(events),
    setAccess: events.setAccess.bind(events),
    setName: devices.setName.bind(devices),
    mintLink: devices.mintLink.bind(devices),
    redeemLink: devices.redeemLink.bind(devices),
    numberOutcomes: outcomes.number.bind(outcomes),
    moveOutcomes: outcomes.move.bind(outcomes),
    keepOutcomes: outcomes.keep.bind(outcomes),
    close: () => {
      db.close();
    },
  };
}
export type WriterCalls = ReturnType<typeof open>;

if (parentPort !== null) serve(parentPort, () => open(workerData as WriterData));
