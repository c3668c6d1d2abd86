import { flatten, type Workflow } from '../../shared/contracts/workflow.ts';
import { ANY, calling, type Machine, retryInvocation, SAME_INPUT, type State } from './asl.ts';
import { chain } from './chain.ts';
import { PAUSE_SECONDS } from './hold.ts';
import { COMPENSATE, entry, readSteps } from './scope.ts';

/** State names that every machine has; no node may take them. */
export const CLOSING = ['complete', 'done', COMPENSATE, 'failed'];

/** How a run ends that goes its way. `finish` is tried hard; if it cannot be reached the status-change event and `sweep` close the run. */
const completing = (): Record<string, State> => ({
  complete: { ...calling('${FinishFunction}', { op: 'complete' }), Retry: [retryInvocation(6)], Output: SAME_INPUT, Next: 'done' },
  done: { Type: 'Succeed', Output: SAME_INPUT },
});

const compensating = (): Record<string, State> => ({
  [COMPENSATE]: {
    ...calling('${FinishFunction}', { op: 'compensate', error: '{% $failure %}' }),
    Retry: [retryInvocation(6)],
    Catch: [{ ErrorEquals: ANY, Output: SAME_INPUT, Next: 'failed' }],
    Output: SAME_INPUT,
    Next: 'failed',
  },
  failed: { Type: 'Fail', Error: '{% $failure.Error %}', Cause: '{% $failure.Cause %}' },
});

/** A state that nothing leads to is refused by AWS; where every step degrades, a run that fails does so outside its machine. */
const mayFail = (states: Readonly<Record<string, State>>): boolean =>
  Object.values(states).some(({ Catch = [] }) => (Catch as { Next: string }[]).some(({ Next }) => Next === COMPENSATE));

/**
 * A workflow as a state machine in JSONata; the same workflow always gives the same text. `check` it first: what it complains about does not compile to anything useful.
 * `TimeoutSeconds` is only the ceiling, a day past the workflow's own clock: the deadline stands in the execution's record and moves with
 * a pause. A machine that hits it skips every Catch, so its compensation comes from the status-change event.
 */
export const compile = (workflow: Workflow): Machine => {
  const ordinals = new Map(flatten(workflow.steps).map(({ name }, at) => [name, at + 1]));
  const scope = { next: 'complete', inBranch: false, ordinals, told: readSteps(workflow.steps), behind: [] };
  const states = chain(workflow.steps, scope);
  return {
    Comment: `${workflow.title}, version ${workflow.version}. Written by npm run compile.`,
    QueryLanguage: 'JSONata',
    StartAt: workflow.steps[0] ? entry(workflow.steps[0]) : 'complete',
    TimeoutSeconds: Math.ceil(workflow.timeout) + PAUSE_SECONDS,
    States: { ...states, ...completing(), ...(mayFail(states) ? compensating() : {}) },
  };
};
