import { cadFeed } from '../../../functions/ingest/formats/cad-feed.ts';

/** What CAD says of a call at a moment: the units on it, none once it is cleared. `at` is ms. */
export interface Said {
  readonly at: number;
  readonly call: string;
  readonly change: 'opened' | 'updated' | 'cleared';
  readonly units: readonly string[];
}

interface Row {
  id: string;
  change: Said['change'];
  observed: string;
}

const said = (line: string): Said => {
  const { id, change, observed } = JSON.parse(line) as Row;
  const read = cadFeed.adapt(JSON.parse(line), 0);
  if (!read.ok) throw new Error(`${id}: ${read.reason}`);
  const { units = [] } = read.envelope.data as { units?: string[] };
  return { at: Date.parse(observed), call: id, change, units: change === 'cleared' ? [] : units };
};

/** The feed as ingest reads it, observation by observation: the rows that CAD gave at one moment, in the file's order. */
export const observations = (text: string): Said[][] => {
  const rows = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(said);
  const byTime = new Map<number, Said[]>();
  for (const row of rows) byTime.set(row.at, [...(byTime.get(row.at) ?? []), row]);
  return [...byTime.entries()].sort(([a], [b]) => a - b).map(([, of]) => of);
};
