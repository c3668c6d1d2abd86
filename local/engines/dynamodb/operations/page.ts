import { readUnits, Usage } from '../capacity.ts';
import { type Context, outward } from '../context.ts';
import type { BoundCondition } from '../expressions/bind-condition.ts';
import { evaluate } from '../expressions/evaluate.ts';
import type { Values } from '../expressions/placeholders.ts';
import { type Projection, project } from '../expressions/project.ts';
import { constraint } from '../faults.ts';
import { flag, type Input, integer, type Output, text } from '../input.ts';
import { type Entry, IndexEntry, pickNames } from '../tables/row.ts';
import type { Item } from '../values/attribute.ts';
import { fetches, type Source } from './source.ts';

const PAGE_BYTES = 1024 * 1024;

export interface Reading {
  readonly source: Source;
  readonly entries: Iterable<Entry>;
  readonly filter: BoundCondition | undefined;
  readonly values: Values;
  readonly projection: Projection | undefined;
}

const limitOf = (input: Input): number => {
  const limit = integer(input, 'Limit');
  if (limit !== undefined && limit < 1) throw constraint(limit, 'limit', 'Member must have value greater than or equal to 1');
  return limit ?? Number.POSITIVE_INFINITY;
};

/** What was read of one page. */
interface Page {
  readonly items: Item[];
  count: number;
  scanned: number;
  bytes: number;
  /** Units for items that an index had to fetch from its table. */
  fetched: number;
  last: Entry | undefined;
  full: boolean;
}

const charge = ({ table, index }: Source, { bytes, fetched }: Page, input: Input): Usage => {
  const usage = new Usage('read units', text(input, 'ReturnConsumedCapacity'));
  const units = readUnits(bytes, flag(input, 'ConsistentRead'));
  usage.table(table.name, index ? fetched : units);
  if (index) usage.index(table.name, index, units);
  return usage;
};

/** Reads up to `Limit` items or 1 MB, whichever comes first; the filter is asked afterwards and saves nothing. */
const read = (input: Input, { source, entries, filter, values, projection }: Reading): Page => {
  const limit = limitOf(input);
  const counting = text(input, 'Select') === 'COUNT';
  const consistent = flag(input, 'ConsistentRead');
  const whole = fetches(input, source, projection);
  const page: Page = { items: [], count: 0, scanned: 0, bytes: 0, fetched: 0, last: undefined, full: false };
  for (const found of entries) {
    page.full = page.bytes + found.size > PAGE_BYTES;
    if (page.full) break;
    page.last = found;
    page.scanned += 1;
    page.bytes += found.size;
    const entry = whole && found instanceof IndexEntry ? found.home : found;
    if (whole) page.fetched += readUnits(entry.size, consistent);
    if (!filter || evaluate(filter, entry.item, values)) {
      page.count += 1;
      if (!counting) page.items.push(outward(entry, projection ? project(entry.item, projection) : entry.item));
    }
    // DynamoDB does not look past a full page: the last item's key is given even where nothing follows.
    page.full = page.scanned >= limit;
    if (page.full) break;
  }
  return page;
};

export const readPage = ({ bill }: Context, input: Input, reading: Reading): Output => {
  const page = read(input, reading);
  const { items, count, scanned, last } = page;
  const usage = charge(reading.source, page, input);
  bill(usage);
  const output: Output = { Count: count, ScannedCount: scanned };
  if (text(input, 'Select') !== 'COUNT') output['Items'] = items;
  if (page.full && last) output['LastEvaluatedKey'] = outward(last, pickNames(last.item, reading.source.startNames));
  return usage.single(output);
};
