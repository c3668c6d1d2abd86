import type { Simulation } from '../../shared/contracts/simulation.ts';
import type { HistoryEvent } from '../interpret/protocol.ts';

type Told = Simulation['history'][number];

const entered = (event: HistoryEvent): string | undefined => event.stateEnteredEventDetails?.['name'] as string | undefined;

/** The next state in line, not the one a branch stands in, comes after these. */
const LEAVES = /StateExited$|^(Parallel|Map)State(Started|Succeeded|Failed)$/;

/** The machine's history as it is shown: when, AWS's type, and the state it happened in. `began` is ms since the epoch. */
export const historyOf = (events: readonly HistoryEvent[], began: number): Told[] => {
  const states = new Map<number, string | undefined>();
  return events.map((event) => {
    const before = events[event.previousEventId - 1];
    const inherited = before && !(LEAVES.test(before.type) && before.type !== 'ParallelStateStarted') ? states.get(before.id) : undefined;
    const state = entered(event) ?? (event.type.startsWith('Execution') ? undefined : inherited);
    states.set(event.id, state);
    return { atS: (event.timestamp - began) / 1000, type: event.type, ...(state === undefined ? {} : { state }) };
  });
};

const count = (events: readonly HistoryEvent[], is: (type: string) => boolean): number => events.filter(({ type }) => is(type)).length;

/** As AWS counts them: each state entered, and each task scheduled once more. */
export const transitionsOf = (events: readonly HistoryEvent[]): number =>
  count(events, (type) => type.endsWith('StateEntered')) +
  Math.max(0, count(events, (type) => type === 'TaskScheduled') - count(events, (type) => type === 'TaskStateEntered'));
