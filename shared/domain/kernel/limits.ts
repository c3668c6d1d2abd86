import type { Execution } from '../../contracts/execution.ts';
import type { RunLimit } from '../../contracts/kernel.ts';
import type { Priority } from '../../contracts/vocabulary.ts';
import { sha256 } from '../../lambda/ids.ts';

/** How many runs may be under way at once: of one workflow, and with one priority. What is not named is not limited. */
export interface Limits {
  readonly workflows: Readonly<Record<string, number>>;
  readonly priorities: Readonly<Partial<Record<Priority, number>>>;
}

/**
 * So many that only a fault reaches them: a hot list that matches every second car, a feed that says all it knows again. Nothing CRITICAL is
 * limited, and nothing else of HIGH, since somebody may be lost, hunted or hurt in any of them.
 */
export const LIMITS: Limits = {
  workflows: { 'lpr-hot-hit-response': 250, 'hot-vehicle-response': 500 },
  priorities: { MEDIUM: 200, LOW: 100, INFO: 50 },
};

/** What a run has to find room in before it starts. One that is CRITICAL only where a limit names its priority. */
export const limitsOf = (
  { workflows, priorities }: Limits,
  { workflow, priority }: Pick<Execution, 'workflow' | 'priority'>,
): RunLimit[] => {
  const [ofWorkflow, ofPriority] = [priority === 'CRITICAL' ? undefined : workflows[workflow], priorities[priority]];
  return [
    ...(ofWorkflow === undefined ? [] : [{ of: 'workflow', name: workflow, most: ofWorkflow } as const]),
    ...(ofPriority === undefined ? [] : [{ of: 'priority', name: priority, most: ofPriority } as const]),
  ];
};

/** Who is in a limit: the runs that hold its places, by place, and those that wait for one. */
export interface Lane {
  readonly holders: ReadonlyMap<number, string>;
  readonly waiting: readonly string[];
}

/**
 * The place that a run may take: `held` where it has one, undefined where none is free. One whose turn it is not goes behind those that wait. Who
 * comes at once picks by its id, so that few pick the same.
 */
export const placeIn = (
  { holders, waiting }: Lane,
  { most }: RunLimit,
  executionId: string,
  itsTurn: boolean,
): number | 'held' | undefined => {
  if ([...holders.values()].includes(executionId)) return 'held';
  if (!itsTurn && waiting.length > 0) return undefined;
  const free = [...Array(most).keys()].filter((place) => !holders.has(place));
  return free[Number.parseInt(sha256(executionId).slice(0, 8), 16) % Math.max(1, free.length)];
};

/** What a run waits for, in a sentence. */
export const fullOf = ({ of, name, most }: RunLimit): string =>
  `${most} runs ${of === 'workflow' ? `of ${name}` : `with priority ${name}`} are under way, as many as may be at once`;
