import type { Rest } from '../../client/rest.ts';
import { apart } from '../../shared/domain/apart.ts';
import { entriesSince } from './journal.ts';
import type { Replayed } from './record.ts';

/** How many of a replay's own records the journal has as accepted: others' events can fill up a count, but not carry our ids. */
export interface Witness {
  readonly accepted: number;
  /** True where the journal held more than was read: then the count says nothing. */
  readonly cut: boolean;
}

/** Enough for 40,000 events. */
const MOST_PAGES = 200;
const ROUND_MS = 3000;
const MOST_ROUNDS = 10;

const keysOf = (records: readonly Replayed[]): Set<string> => new Set(records.map(({ event }) => `${event.source}#${event.id}`));

/** Reads the journal until it has `put` of the records as accepted, or for half a minute. */
export const witness = async (
  rest: Rest,
  records: readonly Replayed[],
  put: number,
  since: number,
  wait: (ms: number) => Promise<void>,
): Promise<Witness> => {
  const keys = keysOf(records);
  for (let round = 1; ; round += 1) {
    const { entries, cut } = await entriesSince(rest, 'event.accepted', since, MOST_PAGES);
    const accepted = entries.flatMap(apart).filter(({ data }) => keys.has(String(data['eventKey']))).length;
    if (cut || accepted >= put || round === MOST_ROUNDS) return { accepted, cut };
    await wait(ROUND_MS);
  }
};

/** Why the records are not all accounted for; undefined where they are. */
export const unseen = ({ accepted, cut }: Witness, put: number): string | undefined =>
  cut || accepted >= put ? undefined : `the journal has ${accepted} of the ${put} records put as accepted`;
