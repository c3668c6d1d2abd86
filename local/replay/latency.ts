import type { Rest } from '../../client/rest.ts';
import { type Entry, entriesSince } from './journal.ts';

/** Event-to-first-action: from when ingest received an execution's event to its first `action.requested`. */

export interface Latency {
  /** Milliseconds, one per execution measured, ascending. */
  readonly values: readonly number[];
  /** Executions that started in this time. */
  readonly started: number;
  /** True where the journal held more than was read. */
  readonly sampled: boolean;
}

const MOST_EXECUTIONS = 500;
const TOGETHER = 8;
const ROUND_MS = 5000;
const MOST_ROUNDS = 24;

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

/** When ingest received the event that started an execution; undefined where a person started it. */
const receivedAt = async (rest: Rest, id: string): Promise<number | undefined> => {
  const { input } = await rest.ask('getExecution', { params: { id } });
  const at = Date.parse(input.event?.receivedAt ?? '');
  return Number.isNaN(at) ? undefined : at;
};

/** The executions since `since` and their first actions, newest first. */
const survey = async (rest: Rest, since: number) => {
  const started = await entriesSince(rest, 'workflow.started', since);
  const asked = await entriesSince(rest, 'action.requested', since);
  const ids = [...new Set(started.entries.flatMap(({ executionId }) => executionId ?? []))];
  return { ids, first: earliest(asked.entries), cut: started.cut || asked.cut };
};

const latencies = async (rest: Rest, ids: readonly string[], first: ReadonlyMap<string, number>): Promise<number[]> => {
  const values: number[] = [];
  for (let at = 0; at < ids.length; at += TOGETHER) {
    const some = ids.slice(at, at + TOGETHER);
    const received = await Promise.all(some.map((id) => receivedAt(rest, id)));
    for (const [index, ms] of received.entries()) {
      const action = first.get(some[index] ?? '');
      if (ms !== undefined && action !== undefined) values.push(action - ms);
    }
  }
  return values.sort((a, b) => a - b);
};

/** Waits while executions still get their first action: to measure at once would count only the quick ones. */
export const measure = async (
  rest: Rest,
  since: number,
  wait: (ms: number) => Promise<void>,
  onWait: (line: string) => void,
): Promise<Latency> => {
  let seen = await survey(rest, since);
  let acted = -1;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const now = seen.ids.filter((id) => seen.first.has(id)).length;
    if (seen.cut || now === seen.ids.length || now === acted) break;
    acted = now;
    onWait(`waiting for the first action of ${seen.ids.length - now} executions`);
    await wait(ROUND_MS);
    seen = await survey(rest, since);
  }
  const ids = seen.ids.filter((id) => seen.first.has(id)).slice(0, MOST_EXECUTIONS);
  const values = await latencies(rest, ids, seen.first);
  return { values, started: seen.ids.length, sampled: seen.cut || seen.ids.length > MOST_EXECUTIONS };
};

export const latencyLine = ({ values, started, sampled }: Latency): string =>
  values.length === 0
    ? 'event to first action: nothing was asked of anyone in this time'
    : `event to first action: p50 ${percentile(values, 0.5)} ms, p99 ${percentile(values, 0.99)} ms over ${values.length} of ${started} executions${sampled ? ' (a sample: the newest)' : ''}`;
