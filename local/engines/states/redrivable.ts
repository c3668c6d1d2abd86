import { HISTORY_LIMIT } from '../../../statemachines/interpret/chronicle.ts';
import type { Entry } from './entry.ts';

const DAY_MS = 86_400_000;
const REDRIVABLE_DAYS = 14;
const LONGEST_DAYS = 365;

/** Why an execution cannot be redriven now, in AWS's words; null when it can. */
const reasonAgainst = ({ ending, birth }: Entry, now: number): string | null => {
  if (!ending) return 'Execution is RUNNING and cannot be redriven';
  if (ending.status === 'SUCCEEDED') return 'Execution is SUCCEEDED and cannot be redriven';
  if (ending.events >= HISTORY_LIMIT - 1) return 'Execution history event limit exceeded';
  if (now - birth.at > LONGEST_DAYS * DAY_MS) return 'Execution has exceeded the max execution time';
  return now - ending.stoppedAt > REDRIVABLE_DAYS * DAY_MS ? 'Execution redrivable period exceeded' : null;
};

export const redriveState = (
  entry: Entry,
  now: number,
): { redriveStatus: 'REDRIVABLE' | 'NOT_REDRIVABLE'; redriveStatusReason: string | null } => {
  const redriveStatusReason = reasonAgainst(entry, now);
  return { redriveStatus: redriveStatusReason === null ? 'REDRIVABLE' : 'NOT_REDRIVABLE', redriveStatusReason };
};
