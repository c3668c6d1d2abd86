import type { Role } from '../../shared/contracts/vocabulary.ts';
import type { Step } from '../../shared/contracts/workflow.ts';
import { vocabulary } from '../../workflows/vocabulary/index.ts';
import { ANY, caught, retryInvocation, SAME_INPUT, type State, waiting } from './asl.ts';
import { missedName } from './miss.ts';
import { orCompensate, ordinal, roundOf, type Scope } from './scope.ts';

/** A person decides whether a held step goes on; nobody does in a paused run, which waits to be resumed. */
export const HELD = 'SWOE.Held';
export const PAUSED = 'SWOE.Paused';
export const REFUSED = 'SWOE.Refused';
export const WAITING = 'SWOE.Waiting';

/** Who is asked about held help, one after the other, and how long each but the last has. */
const CLIMB: readonly Role[] = ['supervisor', 'watch_commander', 'chief'];
const CLIMB_SECONDS = 30;
/** The last asked about help, and the only one asked about a look, a search or force, has the step's own time and at least this. */
const ANSWER_SECONDS = 300;
/** A pause lasts as long as it takes, but no longer than the room that a machine's ceiling leaves for it. */
export const PAUSE_SECONDS = 86_400;

export const failureOf = ({ name }: Step): string => `${name}Failure`;
export const holdName = ({ name }: Step, level = 0): string => (level === 0 ? `${name}.hold` : `${name}.hold.escalate${level}`);
export const pauseName = ({ name }: Step): string => `${name}.pause`;

export interface Level {
  readonly ask: Role;
  readonly within: number;
}

/** Silence about help asks the next in the chain; silence about anything else means no. */
export const levels = ({ action, within }: Step): Level[] => {
  if (vocabulary[action].silence === 'refuse') return [{ ask: 'supervisor', within: ANSWER_SECONDS }];
  const last = CLIMB.length - 1;
  return CLIMB.map((ask, at) => ({ ask, within: at < last ? CLIMB_SECONDS : Math.max(ANSWER_SECONDS, within) }));
};

/** What a no, and the last silence, leads to. */
const refused = (step: Step, scope: Scope) =>
  step.onFailure === 'fail' ? orCompensate(scope) : [caught(ANY, failureOf(step), missedName(step.name))];

export const waitsIn = (step: Step, scope: Scope, { ask, within }: Level, why: string, catches: readonly object[]): State => {
  const { with: _values, when: _when, ...definition } = step;
  const command = {
    op: 'hold',
    ordinal: ordinal(scope, step.name),
    ...roundOf(scope),
    step: definition,
    ask,
    within,
    error: `{% $${failureOf(step)} %}`,
  };
  return {
    Comment: why,
    ...waiting(command, within),
    Retry: [retryInvocation(3)],
    ...(catches.length > 0 ? { Catch: catches } : {}),
    Output: SAME_INPUT,
    Next: step.name,
  };
};

/** In a branch an error ends the run by not being caught, which a no cannot be while silence is: it fails in a state of its own. */
const refusedName = ({ name }: Step): string => `${name}.refused`;
const failsBranch = (step: Step, { inBranch }: Scope): boolean => step.onFailure === 'fail' && inBranch;
const refusal = (step: Step): State => ({
  Type: 'Fail',
  Error: `{% $${failureOf(step)}.Error %}`,
  Cause: `{% $${failureOf(step)}.Cause %}`,
});

/** A yes leads back to the step. Only a person's no ends the climb: a question that could not be put counts as silence. */
const climb = (step: Step, scope: Scope): Record<string, State> => {
  const asked = levels(step);
  const last = asked.length - 1;
  const branch = failsBranch(step, scope);
  const no = branch ? [caught(ANY, failureOf(step), refusedName(step))] : refused(step, scope);
  const states = asked.map((level, at): [string, State] => {
    const onNo = no.map((one) => ({ ...one, ErrorEquals: [REFUSED] }));
    const onSilence = { ErrorEquals: ANY, Output: SAME_INPUT, Next: holdName(step, at + 1) };
    const catches = at < last ? [...onNo, onSilence] : refused(step, scope);
    return [holdName(step, at), waitsIn(step, scope, level, `Asks ${level.ask} whether ${step.name} goes on`, catches)];
  });
  return { ...Object.fromEntries(states), ...(branch && last > 0 ? { [refusedName(step)]: refusal(step) } : {}) };
};

/** What a step waits in that cannot go on by itself: a person's answer, or the end of a pause. */
export const compileHold = (step: Step, scope: Scope): Record<string, State> => ({
  ...climb(step, scope),
  [pauseName(step)]: waitsIn(
    step,
    scope,
    { ask: 'supervisor', within: PAUSE_SECONDS },
    `${step.name} waits for the run to be resumed`,
    refused(step, scope),
  ),
});
