import type { Execution } from '../contracts/execution.ts';
import { isGoing } from '../stores/lifecycle.ts';

/** A run that completed has nothing to take up. */
const REDRIVEN = new Set<Execution['status']>(['FAILED', 'TIMEOUT', 'CANCELLED']);

/** `gunfire-response-I1` is taken up by `gunfire-response-I1-r1`, and that by `…-r2`. Pure. */
export const nextId = (id: string): string => {
  const [, base = id, count = '0'] = /^(.*?)(?:-r(\d+))?$/.exec(id) ?? [];
  return `${base}-r${Number(count) + 1}`;
};

/** Why an ended run may not be taken up, or undefined. `newest` are the newest runs of each workflow on its incident and what became of it. Pure. */
export const redriveRefusal = (ended: Execution, newest: readonly Execution[]): string | undefined => {
  if (!REDRIVEN.has(ended.status)) return `it is ${ended.status}; only a run that is FAILED, TIMEOUT or CANCELLED is taken up`;
  const others = newest.filter(({ id }) => id !== ended.id);
  const after = others.find(({ workflow, incidentId }) => workflow === ended.workflow && incidentId === ended.incidentId);
  if (after) return `${after.id} has taken it up`;
  const going = others.filter(isGoing).find(({ id, workflow }) => workflow === ended.workflow || id === ended.supersededBy);
  return going && `${going.id} is under way on its incident`;
};
