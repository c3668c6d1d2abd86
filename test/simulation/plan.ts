import type { Planned } from './faults.ts';
import { type Dice, diceOf, type Happening, scenarioOf } from './scenario.ts';

/** All that makes a run what it is. The same plan gives the same run. */
export interface Plan {
  readonly seed: string;
  readonly happenings: readonly Happening[];
  readonly faults: readonly Planned[];
  readonly compactAt: number;
  /** SDK calls take up to so long (ms): the slower they are, the more comes between. */
  readonly latencyMs: number;
}

/** Places and how often a run passes them, roughly: where a fault is put it should be met. */
const CALLS: readonly (readonly [place: string, times: number])[] = [
  ['call', 1200],
  ['call dynamodb:TransactWriteItems', 250],
  ['call dynamodb:GetItem', 250],
  ['call dynamodb:Query', 350],
  ['call events:PutEvents', 90],
  ['call events:PutEvents', 90],
  ['call states:SendTaskSuccess', 25],
  ['call states:SendTaskFailure', 6],
  ['call states:StartExecution', 3],
  ['call states:StopExecution', 2],
  ['call sqs:SendMessage', 2],
];
const DELIVERIES: readonly (readonly [place: string, times: number])[] = [
  ['delivery', 150],
  ['delivery swoe-dev-ingest', 12],
  ['delivery swoe-dev-trigger-critical', 12],
  ['delivery swoe-dev-settle', 30],
  ['delivery swoe-dev-finish', 4],
  ['delivery swoe-dev-register', 3],
];
const INVOCATIONS: readonly (readonly [place: string, times: number])[] = [
  ['invocation', 120],
  ['invocation ingest', 8],
  ['invocation trigger', 8],
  ['invocation step', 30],
  ['invocation settle', 20],
  ['invocation finish', 3],
  ['invocation finish', 2],
  ['invocation publish', 60],
  ['invocation sweep', 10],
  ['invocation register', 2],
];

const at = (dice: Dice, places: readonly (readonly [string, number])[]): Pick<Planned, 'place' | 'n'> => {
  const [place, times] = dice.pick(places);
  return { place, n: dice.whole(1, times) };
};

const crash = (dice: Dice): Planned => {
  const near = dice.pick([60, 300, 900]);
  return { place: 'disk', n: dice.whole(1, near), fault: { kind: 'crash', downMs: dice.pick([1, 300, 5000, 70_000]) } };
};

const fault = (dice: Dice): Planned => {
  const kind = dice.pick(['crash', 'throttle', 'lose', 'lose', 'slow', 'duplicate', 'late', 'timeout', 'timeout', 'cold', 'skew'] as const);
  if (kind === 'crash') return crash(dice);
  if (kind === 'throttle') return { ...at(dice, CALLS), times: dice.pick([1, 1, 4, 8]), fault: { kind: 'throttle' } };
  if (kind === 'lose') return { ...at(dice, CALLS), times: dice.pick([1, 1, 4]), fault: { kind: 'lose' } };
  if (kind === 'slow') return { ...at(dice, CALLS), fault: { kind: 'delay', ms: dice.pick([5, 200, 4000]) } };
  if (kind === 'duplicate') return { ...at(dice, DELIVERIES), fault: { kind: 'duplicate' } };
  if (kind === 'late') return { ...at(dice, DELIVERIES), fault: { kind: 'delay', ms: dice.pick([10, 1000, 30_000]) } };
  if (kind === 'timeout') return { ...at(dice, INVOCATIONS), fault: { kind: 'timeout', calls: dice.whole(0, dice.pick([1, 8, 20])) } };
  if (kind === 'cold') return { ...at(dice, INVOCATIONS), fault: { kind: 'cold' } };
  return { ...at(dice, INVOCATIONS), fault: { kind: 'skew', ms: dice.pick([-8000, -900, 900, 8000]) } };
};

/** What this seed means. */
export const planOf = (seed: string): Plan => {
  const dice = diceOf(`${seed}/faults`);
  const count = dice.pick([0, 1, 1, 2, 2, 3, 4, 6]);
  const faults = [...Array(count).keys()].map(() => fault(dice));
  return {
    seed,
    happenings: scenarioOf(seed).happenings,
    faults: dice.chance(0.4) ? [...faults, crash(dice)] : faults,
    compactAt: dice.pick([60_000, 200_000, 16_000_000]),
    latencyMs: dice.pick([0, 0, 4, 30, 30, 300]),
  };
};
