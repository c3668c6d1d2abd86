import type { JournalEntry } from '../../shared/contracts/journal.ts';
import type { Rest } from '../client/rest.ts';

/** Event-to-first-action: from when ingest received an execution's event to its first `action.requested`. */

export interface Latency {
  /** Milliseconds, one per execution measured, ascending. */
  readonly values: readonly number[];
  /** Executions that started in this time. */
  readonly started: number;
  /** True where the journal held more than was read. */
  readonly sampled: boolean;
}

type Entry = Pick<JournalEntry, 'kind' | 'at' | 'executionId'>;
type PageOf<T> = { items: T[]; next?: string };

const PAGE = 200;
const MOST_PAGES = 50;
const MOST_EXECUTIONS = 500;
const TOGETHER = 8;

/** The value below or at which `share` (0 to 1) of ascending values lie: nearest rank. */
export const percentile = (ascending: readonly number[], share: number): number | undefined =>
  ascending[Math.max(0, Math.ceil(ascending.length * share) - 1)];

/** The earliest entry of each execution, in milliseconds. */
export const earliest = (entries: readonly Entry[]): Map<string, number> => {
  const first = new Map<string, number>();
  for (const { executionId, at } of entries) {
    const ms = Date.parse(at);
    if (executionId && ms < (first.get(executionId) ?? Number.POSITIVE_INFINITY)) first.set(executionId, ms);
  }
  return first;
};

/** Journal entries of a kind since `since`, newest first, up to a bound of pages. */
const entriesSince = async (rest: Rest, kind: string, since: number): Promise<{ entries: Entry[]; cut: boolean }> => {
  const entries: Entry[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { items, next } = await rest.get<PageOf<Entry>>(
      `/audit?kind=${kind}&limit=${PAGE}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
    );
    const fresh = items.filter(({ at }) => Date.parse(at) >= since);
    entries.push(...fresh);
    cursor = next;
    if (!cursor || fresh.length < items.length) return { entries, cut: false };
  }
  return { entries, cut: true };
};

/** When ingest received the event that started an execution; undefined where a person started it. */
const receivedAt = async (rest: Rest, id: string): Promise<number | undefined> => {
  const { input } = await rest.get<{ input?: { event?: { receivedAt?: string } } }>(`/executions/${encodeURIComponent(id)}`);
  const at = Date.parse(input?.event?.receivedAt ?? '');
  return Number.isNaN(at) ? undefined : at;
};

export const measure = async (rest: Rest, since: number): Promise<Latency> => {
  const started = await entriesSince(rest, 'workflow.started', since);
  const asked = await entriesSince(rest, 'action.requested', since);
  const first = earliest(asked.entries);
  const all = [...new Set(started.entries.flatMap(({ executionId }) => executionId ?? []))];
  const ids = all.filter((id) => first.has(id)).slice(0, MOST_EXECUTIONS);
  const values: number[] = [];
  for (let at = 0; at < ids.length; at += TOGETHER) {
    const some = ids.slice(at, at + TOGETHER);
    const received = await Promise.all(some.map((id) => receivedAt(rest, id)));
    for (const [index, ms] of received.entries()) {
      const action = first.get(some[index] ?? '');
      if (ms !== undefined && action !== undefined) values.push(action - ms);
    }
  }
  return { values: values.sort((a, b) => a - b), started: all.length, sampled: started.cut || asked.cut || all.length > MOST_EXECUTIONS };
};

export const latencyLine = ({ values, started, sampled }: Latency): string =>
  values.length === 0
    ? 'event to first action: nothing was asked of anyone in this time'
    : `event to first action: p50 ${percentile(values, 0.5)} ms, p99 ${percentile(values, 0.99)} ms over ${values.length} of ${started} executions${sampled ? ' (a sample: the journal holds more)' : ''}`;
