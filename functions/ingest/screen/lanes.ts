import type { NormalizedEvent } from '../../../shared/contracts/event.ts';
import type { Priority } from '../../../shared/contracts/vocabulary.ts';

/**
 * Who waits and who is shed when a source says more than it was promised. Every bound of the screen stands here.
 *
 * `share` is how full (0 to 1) a source's buffer may be for an event of this lane to find room. `waits`: it takes its turn when
 * there is none now. `beyond` is what becomes of it when there is no room: shed, or let through ahead of those who wait.
 */
export interface Lane {
  readonly rank: number;
  readonly share: number;
  readonly waits: boolean;
  readonly beyond: 'shed' | 'ahead';
}

type LaneName = Priority | 'LAW';

export const LANES: Record<LaneName, Lane> = {
  // Never waits and is never shed. It takes turns of the others, so they wait, but at most half a buffer of them: below the first
  // bound, so that a flood of CRITICAL alone sheds nothing, and the upper half is always theirs.
  CRITICAL: { rank: 0, share: 0.5, waits: false, beyond: 'ahead' },
  // Facts and corrections. They are law or mend a wrong word, so none may be lost: they wait like HIGH, and where nothing more may
  // wait they go ahead instead. The authorities that state them are few, and what they say is small.
  LAW: { rank: 1, share: 1, waits: true, beyond: 'ahead' },
  // With what a unit or a subsystem says of itself. The next word of it mends a lost one, so it may be shed, last of all: a unit
  // whose word is lost is at worst taken for what it was a moment ago.
  HIGH: { rank: 1, share: 1, waits: true, beyond: 'shed' },
  MEDIUM: { rank: 2, share: 0.85, waits: true, beyond: 'shed' },
  LOW: { rank: 3, share: 0.7, waits: true, beyond: 'shed' },
  // First to go: at sixty in a hundred there are still four seconds of the usual source's buffer for everything graver.
  INFO: { rank: 4, share: 0.6, waits: true, beyond: 'shed' },
};

/** It takes something back or puts it right, so whoever acted on the first word must hear it. */
const mends = ({ data }: NormalizedEvent): boolean => data['corrects'] !== undefined || data['retracts'] !== undefined;

const nameOf = (event: NormalizedEvent): LaneName => {
  if (event.priority === 'CRITICAL') return 'CRITICAL';
  if (event.type.startsWith('fact.') || mends(event)) return 'LAW';
  return /^(unit|subsystem)\./.test(event.type) ? 'HIGH' : event.priority;
};

/** `again`: this message was received before. Its first receipt may have put a copy of it in the queue, so it is shed no more. */
export const laneOf = (event: NormalizedEvent, again: boolean): Lane => {
  const lane = LANES[nameOf(event)];
  return again ? { ...lane, beyond: 'ahead' } : lane;
};
