import { existsSync } from 'node:fs';
import { asRefusal } from './file-log.ts';
import { type Layout, MARK, readLayout } from './layout.ts';
import { holderOf } from './lock.ts';
import { replayLayout } from './open-log.ts';
import { realDisk } from './real-disk.ts';
import { Refusal } from './refusal.ts';
import type { ReplayableLog } from './remembered-log.ts';

export interface ReadLog extends ReplayableLog {
  readonly layout: Layout;
  /** The process that writes to it meanwhile. */
  readonly holder: number | undefined;
}

/** The log of a data directory for somebody who only looks: takes no lock, mends nothing, keeps nothing that is written to it. */
export const readFileLog = (dir: string): ReadLog => {
  if (!existsSync(dir)) throw new Refusal(`There is no data directory ${dir}: name one with --data or SWOE_DATA_DIR.`);
  try {
    const disk = realDisk(dir);
    const layout = readLayout(disk);
    if (layout.last === 0 && !disk.names().includes(MARK))
      throw new Refusal(`${dir} is not a data directory of SWOE: name one with --data or SWOE_DATA_DIR.`);
    return {
      layout,
      holder: holderOf(dir),
      write: () => {},
      settled: () => Promise.resolve(),
      replay: (apply) => replayLayout(disk, layout, apply),
    };
  } catch (error) {
    throw asRefusal(dir, error);
  }
};
