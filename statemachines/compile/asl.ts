/** The part of the Amazon States Language that we write. Keys stand in the order a reviewer reads them. */
export type State = Readonly<Record<string, unknown>> & {
  readonly Type: 'Task' | 'Parallel' | 'Choice' | 'Wait' | 'Pass' | 'Succeed' | 'Fail';
};

interface States {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

export interface Machine extends States {
  readonly Comment: string;
  readonly QueryLanguage: 'JSONata';
  readonly TimeoutSeconds: number;
}

/** Where a state goes: to a named state, or out of its branch. */
export type Next = string | null;
export const goTo = (next: Next): { Next: string } | { End: true } => (next === null ? { End: true } : { Next: next });

/** States hand on the machine's own input and nothing else, so the state stays as small as it began. */
export const SAME_INPUT = '{% $states.input %}';

/** The input, and under `said` what the step's reply said, for the conditions that read it. */
export const withSaid = (step: string): string =>
  `{% $merge([$states.input, {'said': $merge([$states.input.said, {'${step}': $states.result.said}])}]) %}`;

/** The input, and what the steps of any branch said. */
export const WITH_BRANCHES = "{% $merge([$states.input, {'said': $merge($states.result.said)}]) %}";

/** The input without what these steps said: what was said in one round is not said in the next. */
export const withoutSaid = (steps: readonly string[]): string => {
  const names = steps.map((step) => `'${step}'`).join(', ');
  return `{% $merge([$states.input, {'said': $merge([{}, $sift($states.input.said, function($value, $step) { $not($step in [${names}]) })])}]) %}`;
};

/** Leaves a branch where a state that may not end one would. */
export const leave = (next: Next, name: string): [onward: string, states: Record<string, State>] =>
  next === null ? [name, { [name]: { Type: 'Succeed', Output: SAME_INPUT } }] : [next, {}];

const TRANSIENT = [
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException',
  'Lambda.Unknown',
  'Sandbox.Timedout',
];

/** The invocation itself failed: the function may not have seen the command, and doing it twice is safe (`actionId` is stable). */
export const retryInvocation = (attempts: number) => ({
  ErrorEquals: TRANSIENT,
  IntervalSeconds: 1,
  MaxAttempts: attempts,
  BackoffRate: 2,
  MaxDelaySeconds: 20,
  JitterStrategy: 'FULL',
});

/** An error as later states are told it: short, and with both parts, because an absent one would fail the expression that reads it. */
const SHORT_ERROR =
  "{% {'Error': $states.errorOutput.Error, 'Cause': $exists($states.errorOutput.Cause) ? $substring($string($states.errorOutput.Cause), 0, 500) : ''} %}";

/** A catcher that keeps the error under `variable` and passes the input on. */
export const caught = (errors: readonly string[], variable: string, next: string) => ({
  ErrorEquals: errors,
  Assign: { [variable]: SHORT_ERROR },
  Output: SAME_INPUT,
  Next: next,
});

export const ANY = ['States.ALL'];
const common = { contract: 1, executionId: '{% $states.context.Execution.Name %}' };
const withToken = { token: '{% $states.context.Task.Token %}', attempt: '{% $states.context.State.RetryCount %}' };

/** Hands a command over and waits for its token. */
export const waiting = (command: Readonly<Record<string, unknown>>, timeout: number) => ({
  Type: 'Task' as const,
  Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
  Arguments: { FunctionName: '${StepFunction}', Payload: { ...common, ...command, ...withToken } },
  TimeoutSeconds: Math.ceil(timeout),
});

/** Longer (s) than any function may take, so that what is seen is the function's own timeout, and that is tried again. */
const CALL_S = 90;

/** Hands a command over and waits for the function alone. */
export const calling = (fn: '${StepFunction}' | '${FinishFunction}', command: Readonly<Record<string, unknown>>) => ({
  Type: 'Task' as const,
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: fn, Payload: { ...common, ...command } },
  TimeoutSeconds: CALL_S,
});
