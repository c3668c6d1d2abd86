import type { Frame } from '../../shared/contracts/channel.ts';
import type { JournalEntry } from '../../shared/contracts/journal.ts';
import type { Clock } from '../../shared/lambda/runtime.ts';
import type { ChannelsStore } from '../../shared/stores/channels.ts';
import { fitsOneTransaction, fresh, type Gap, gapsOf, plan, toldOn } from './plan.ts';

export interface RecordDeps {
  channels: ChannelsStore;
  clock: Clock;
  /** Reads entries of the journal that were not delivered in order. */
  missed: (gap: Gap) => Promise<JournalEntry[]>;
}

const ATTEMPTS = 50;

const halves = <T>(list: T[]): [T[], T[]] => {
  const middle = Math.ceil(list.length / 2);
  return [list.slice(0, middle), list.slice(middle)];
};

/**
 * Counts the entries in the ledger and stores their frames, in one transaction where one can hold it. Entries of an
 * earlier delivery are left out, so each is counted and told once; the frames that are new come back, to be pushed.
 */
export const record =
  ({ channels, clock, missed }: RecordDeps) =>
  async (entries: JournalEntry[]): Promise<Frame[]> => {
    const streams = [...new Set(entries.map(({ stream }) => stream))];
    let known = toldOn(entries);
    for (let tries = 0; tries < ATTEMPTS; tries += 1) {
      const position = await channels.position(streams, known);
      const delivered = fresh(entries, position);
      const holes = await Promise.all(gapsOf(delivered, position).map(missed));
      const whole = fresh([...delivered, ...holes.flat()], position);
      if (whole.length === 0) return [];
      // What was missed may be told on a channel whose number was not read.
      const needed = toldOn(whole);
      if (needed.some((channel) => !known.includes(channel))) {
        known = needed;
        continue;
      }
      const publication = plan(whole, position);
      if (!fitsOneTransaction(publication)) {
        const [first, second] = halves(whole);
        return [...(await record({ channels, clock, missed })(first)), ...(await record({ channels, clock, missed })(second))];
      }
      if (await channels.publish(publication, position, clock.now())) return publication.frames;
    }
    throw new Error(`The channels were contended ${ATTEMPTS} times in a row; the batch will be delivered again`);
  };
