import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type Figures, Ledgered } from '../contracts/ledger.ts';
import { noFigures } from '../domain/figures.ts';
import { type Item, table, ttl, type Write } from './table.ts';

const KEEP_MS = 400 * 24 * 3600 * 1000;

/** What some entries of the journal add to the figures of a source in an hour (`2026-11-22T17`, UTC). */
export interface HourCount {
  readonly source: Ledgered;
  readonly hour: string;
  readonly figures: Figures;
}

const DROPPED = 'dropped:';
const HOURS = 'HOURS#';
const pk = (source: Ledgered): string => `${HOURS}${source}`;

/** Figures as flat numbers that can be added to, without those that are 0. */
const flat = ({ dropped, ...figures }: Figures): [string, number][] =>
  [...Object.entries(figures), ...Object.entries(dropped).map(([reason, n]): [string, number] => [`${DROPPED}${reason}`, n])].filter(
    ([, n]) => n !== 0,
  );

const figuresIn = (item: Item): Figures => {
  const figures = noFigures();
  for (const name of Object.keys(figures)) if (typeof item[name] === 'number') Object.assign(figures, { [name]: item[name] });
  for (const [name, n] of Object.entries(item)) if (name.startsWith(DROPPED)) figures.dropped[name.slice(DROPPED.length)] = Number(n);
  return figures;
};

/** An hour's row as it is stored; `pk` names the source. */
export const toHour = (item: Item): HourCount => ({
  source: Ledgered.parse(String(item['pk']).slice(HOURS.length)),
  hour: String(item['sk']),
  figures: figuresIn(item),
});

/** Adds to an hour's row, in the transaction that counts the entries as published, so that each is added once. */
export const addToHour = (name: string, { source, hour, figures }: HourCount): Write => {
  const figured = flat(figures);
  const expires = Date.parse(`${hour}:00:00.000Z`) + KEEP_MS;
  return {
    Update: {
      TableName: name,
      Key: { pk: pk(source), sk: hour },
      UpdateExpression: `SET #ttl = :ttl ADD ${figured.map((_, n) => `#f${n} :f${n}`).join(', ')}`,
      ExpressionAttributeNames: { '#ttl': 'ttl', ...Object.fromEntries(figured.map(([figure], n) => [`#f${n}`, figure])) },
      ExpressionAttributeValues: { ':ttl': ttl(expires), ...Object.fromEntries(figured.map(([, count], n) => [`:f${n}`, count])) },
    },
  };
};

/** The ledger by source and hour, in the table of the channels: `publish` counts what it publishes. */
export const hoursStore = (client: DynamoDBDocumentClient, name: string) => {
  const hours = table(client, name);
  return {
    /** The hours of a source that had anything, `from` and `to` included, oldest first. */
    between: async (source: Ledgered, from: string, to: string): Promise<HourCount[]> =>
      (await hours.between(pk(source), from, to)).map(toHour),
  };
};

export type HoursStore = ReturnType<typeof hoursStore>;
