import { itemSize } from '../local/engines/dynamodb/values/size.ts';
import type { MachineOptions } from '../local/machine.ts';

type Item = Parameters<typeof itemSize>[0];
type Input = Record<string, unknown>;

interface Spent {
  readonly operation: string;
  readonly input: Input;
  readonly unit: string;
  readonly count: number;
}

/** A part of what an event costs, and what it buys. */
interface Part {
  readonly name: string;
  readonly buys: string;
}

/** Units an event, part by part. */
export interface Parts {
  readonly writes: ReadonlyMap<Part, number>;
  readonly reads: ReadonlyMap<Part, number>;
}

/** Notes what each request to a table consumed. */
export const spending = () => {
  let all: Spent[] = [];
  const note: MachineOptions['onSpent'] = (operation, input, unit, count) => void all.push({ operation, input, unit, count });
  return {
    note,
    reset: () => {
      all = [];
    },
    taken: () => all,
  };
};

const PARTS: readonly (Part & { readonly of: RegExp })[] = [
  {
    name: 'the event',
    of: /^events /,
    buys: 'that it is kept, and stored once however often it comes (2; the rest are transactions that lost a race for their place in a chain)',
  },
  { name: 'neighbour rows', of: /^incidents (CELL|ENT)#/, buys: 'that racing events find each other' },
  { name: 'incident heads', of: /^incidents INC#/, buys: 'what an incident has become, as `trigger` looks at it' },
  {
    name: 'journal',
    of: /^(journal|index) /,
    buys: 'that it was accepted and fused, in a chain nobody can change unseen, and its list by day',
  },
  { name: 'facts', of: /^facts /, buys: 'whether a condition is met that looks at such incidents' },
  { name: 'ledger', of: /^channels STREAM#/, buys: 'that it is counted once' },
  { name: 'channel heads', of: /^channels CHANNEL#.* HEAD$/, buys: 'numbers without a gap' },
  { name: 'frames', of: /^channels CHANNEL#/, buys: 'what a WebSocket client is pushed, and may ask for again' },
  { name: 'hours', of: /^channels HOURS#/, buys: 'the ledger of each source and hour' },
  { name: 'sources', of: /^sources /, buys: "a source's turns, so that none floods the others, and when it was last heard" },
  { name: 'connections', of: /^connections /, buys: 'who listens' },
];
const OTHER: Part = { name: 'other', buys: 'the sweep, which runs meanwhile' };

const partOf = (place: string): Part => PARTS.find(({ of }) => of.test(place)) ?? OTHER;

const nameOf = (table: unknown): string => String(table).replace(/^swoe-[a-z]+-/, '');
const text = (value: unknown): string => (value as { S?: string } | undefined)?.S ?? '';
const placeOf = (table: unknown, key: Item | undefined): string => `${nameOf(table)} ${text(key?.['pk'])} ${text(key?.['sk'])}`;

/** Items that a request writes, as far as it says what they are. */
const written = ({ operation, input }: Spent): { place: string; item: Item; price: number }[] => {
  if (operation === 'TransactWriteItems')
    return (input['TransactItems'] as Record<string, { TableName: string; Item?: Item; Key?: Item }>[]).flatMap((write) =>
      Object.values(write).map(({ TableName, Item, Key }) => ({
        place: placeOf(TableName, Item ?? Key),
        item: Item ?? Key ?? {},
        price: 2,
      })),
    );
  if (operation === 'BatchWriteItem')
    return Object.entries(input['RequestItems'] as Record<string, { PutRequest: { Item: Item } }[]>).flatMap(([table, puts]) =>
      puts.map(({ PutRequest: { Item } }) => ({ place: placeOf(table, Item), item: Item, price: 1 })),
    );
  const item = (input['Item'] ?? input['Key']) as Item;
  return [{ place: placeOf(input['TableName'], item), item, price: 1 }];
};

const units = ({ item, price }: { item: Item; price: number }): number => Math.max(1, Math.ceil(itemSize(item) / 1024)) * price;

/** What is read, each key of a batch for itself. */
const read = ({ operation, input }: Spent): string[] => {
  if (operation === 'BatchGetItem')
    return Object.entries(input['RequestItems'] as Record<string, { Keys: Item[] }>).flatMap(([table, { Keys }]) =>
      Keys.map((key) => placeOf(table, key)),
    );
  if (operation === 'Query') {
    const values = input['ExpressionAttributeValues'] as Record<string, unknown>;
    return [`${nameOf(input['TableName'])} ${text(values[':pk'])} `];
  }
  return [placeOf(input['TableName'], input['Key'] as Item)];
};

/** The parts of what was spent, each divided by `events`. What a transaction took beyond its items is the journal's indexes'. */
export const partsOf = (all: readonly Spent[], events: number): Parts => {
  const [writes, reads] = [new Map<Part, number>(), new Map<Part, number>()];
  const add = (to: Map<Part, number>, place: string, count: number): void => {
    const part = partOf(place);
    if (count !== 0) to.set(part, (to.get(part) ?? 0) + count / events);
  };
  for (const one of all) {
    if (one.unit === 'read units') {
      const places = read(one);
      for (const place of places) add(reads, place, one.count / places.length);
      continue;
    }
    const items = written(one);
    for (const item of items) add(writes, item.place, units(item));
    add(writes, 'index ', one.count - items.reduce((sum, item) => sum + units(item), 0));
  }
  return { writes, reads };
};
