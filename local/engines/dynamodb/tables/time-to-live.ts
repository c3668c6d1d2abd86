import { createHeap } from '../../../kernel/heap.ts';
import { attribute } from '../values/attribute.ts';
import type { Row } from './row.ts';

interface Due {
  readonly at: number;
  readonly id: string;
}

/** DynamoDB leaves alone what expired more than five years ago: such a number is rather milliseconds, or a mistake. */
const FIVE_YEARS = 5 * 365.25 * 24 * 3600;

/** Which rows of a table are due when, in seconds since the epoch. An update leaves its old date behind; the reader checks. */
export class TimeToLive {
  private readonly heap = createHeap<Due>((a, b) => a.at < b.at || (a.at === b.at && a.id < b.id));

  constructor(readonly attributeName: string) {}

  of(row: Row): number | undefined {
    const value = attribute(row.item, this.attributeName);
    return value && 'N' in value ? Number(value.N) : undefined;
  }

  /** Answers whether there is a new date. */
  note(old: Row | undefined, next: Row | undefined): boolean {
    const at = next && this.of(next);
    if (!next || at === undefined || (old && this.of(old) === at)) return false;
    this.heap.push({ at, id: next.id });
    return true;
  }

  /** When the first row is due; undefined when none has a date. */
  next(): number | undefined {
    return this.heap.peek()?.at;
  }

  /** Takes the rows that are due. */
  due(now: number, rowOf: (id: string) => Row | undefined): Row[] {
    const expired = new Map<string, Row>();
    for (let first = this.heap.peek(); first && first.at <= now; first = this.heap.peek()) {
      this.heap.pop();
      const row = rowOf(first.id);
      if (row && this.of(row) === first.at && first.at > now - FIVE_YEARS) expired.set(row.id, row);
    }
    return [...expired.values()];
  }
}
