import { describe, expect, it } from 'vitest';
import { jsonata, type Play, play, task, typesOf } from './play.ts';

const line = (name: string, state: object) => ({ StartAt: name, States: { [name]: state } });
const pass = (more: object = {}) => ({ Type: 'Pass', End: true, ...more });
const boom = { Type: 'Fail', Error: 'Boom', Cause: 'why' };
const undefinedOutput = pass({ Output: { v: '{% $states.input.missing %}' } });

const pointersOf = ({ execution }: Play): number[] => execution.history.map(({ previousEventId }) => previousEventId);
const parallel = (branches: object[], more: object = {}) => jsonata({ P: { Type: 'Parallel', Branches: branches, End: true, ...more } });
const map = (inner: object, more: object = {}) =>
  jsonata({ M: { Type: 'Map', Items: [1, 2], MaxConcurrency: 1, ItemProcessor: line('I', inner), End: true, ...more } });

describe('what a history points at, as AWS was measured', () => {
  it("the first state's event points at nothing, each other at the one before", async () => {
    const made = await play(jsonata({ A: { Type: 'Pass', Next: 'B' }, B: pass() }));
    expect(pointersOf(made)).toEqual([0, 0, 2, 3, 4, 5]);
  });

  it('a Parallel and a Map are left from the last event beneath them, past their Succeeded', async () => {
    const forked = await play(parallel([line('A', pass()), line('B', pass())]));
    expect(typesOf(forked).slice(-3)).toEqual(['ParallelStateSucceeded', 'ParallelStateExited', 'ExecutionSucceeded']);
    expect(pointersOf(forked).slice(-3)).toEqual([7, 7, 9]);
    const mapped = await play(map(pass(), { Items: [] }));
    expect(pointersOf(mapped)).toEqual([0, 0, 2, 3, 3, 5]);
  });

  it('a distributed Map is left from the start of its run', async () => {
    const ProcessorConfig = { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' };
    const made = await play(map(pass(), { ItemProcessor: { ...line('I', pass()), ProcessorConfig } }));
    expect(typesOf(made).slice(2, 7)).toEqual([
      'MapStateStarted',
      'MapRunStarted',
      'MapRunSucceeded',
      'MapStateSucceeded',
      'MapStateExited',
    ]);
    expect(pointersOf(made)).toEqual([0, 0, 2, 3, 4, 5, 4, 7]);
    expect(made.execution.history[3]?.mapRunStartedEventDetails).toEqual({
      mapRunArn: expect.stringMatching(/^arn:aws:states:us-east-1:000000000000:mapRun:m\/M:[0-9a-f-]{36}$/),
    });
  });

  it('a retried Parallel is told as failed once, when no try is left, and without details', async () => {
    const made = await play(parallel([line('A', boom)], { Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 1 }] }));
    expect(typesOf(made).slice(2)).toEqual([
      'ParallelStateStarted',
      'FailStateEntered',
      'ParallelStateStarted',
      'FailStateEntered',
      'ParallelStateFailed',
      'ExecutionFailed',
    ]);
    expect(pointersOf(made)).toEqual([0, 0, 2, 3, 4, 5, 6, 7]);
    expect(Object.keys(made.execution.history[6] ?? {})).toEqual(['timestamp', 'type', 'id', 'previousEventId']);
  });

  it('an evaluation that failed is told once for each try', async () => {
    const made = await play(
      jsonata({ A: task({ Arguments: { x: '{% $states.input.missing %}' }, Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 1 }] }) }),
    );
    expect(typesOf(made).slice(1)).toEqual(['TaskStateEntered', 'EvaluationFailed', 'EvaluationFailed', 'ExecutionFailed']);
  });

  it('a task that ends its branch is told as aborted beside its failure, but not after its Catch', async () => {
    const failing = { tasks: { T: () => ({ error: 'Boom' }) } };
    const made = await play(parallel([line('T', task())], { Catch: [{ ErrorEquals: ['Boom'], Next: 'R' }] }), failing).catch(
      () => undefined,
    );
    expect(made && typesOf(made).slice(3, 9)).toEqual([
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskFailed',
      'TaskStateAborted',
      'ParallelStateFailed',
    ]);
    expect(made && pointersOf(made).slice(3, 9)).toEqual([3, 4, 5, 6, 7, 7]);
    const caught = { StartAt: 'T', States: { T: task({ Catch: [{ ErrorEquals: ['Boom'], Next: 'R' }] }), R: pass() } };
    expect(typesOf(await play(parallel([caught]), failing))).not.toContain('TaskStateAborted');
  });

  it('what a failing branch cuts off is told before the failure of the state, all beside the last event of that branch', async () => {
    const wait = { Type: 'Wait', Seconds: 900, End: true };
    const later = { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 1, Next: 'F' }, F: boom } };
    const made = await play(parallel([later, line('L', wait), line('T', task())]), { tasks: { T: () => 'silence' } });
    const failed = made.execution.history.find(({ type }) => type === 'FailStateEntered')?.id;
    expect(typesOf(made).slice(-5)).toEqual([
      'FailStateEntered',
      'WaitStateAborted',
      'TaskStateAborted',
      'ParallelStateFailed',
      'ExecutionFailed',
    ]);
    expect(pointersOf(made).slice(-4, -1)).toEqual([failed, failed, failed]);
  });

  it('an iteration that failed is told after those it cut off, and the Map points past it', async () => {
    const states = {
      C: { Type: 'Choice', Choices: [{ Condition: '{% $states.input = 1 %}', Next: 'L' }], Default: 'W' },
      L: { Type: 'Wait', Seconds: 900, End: true },
      W: { Type: 'Wait', Seconds: 1, Next: 'F' },
      F: boom,
    };
    const made = await play(map({}, { MaxConcurrency: 0, ItemProcessor: { StartAt: 'C', States: states } }));
    const failed = made.execution.history.find(({ type }) => type === 'FailStateEntered')?.id;
    expect(typesOf(made).slice(-5)).toEqual([
      'MapIterationAborted',
      'WaitStateAborted',
      'MapIterationFailed',
      'MapStateFailed',
      'ExecutionFailed',
    ]);
    expect(pointersOf(made).slice(-5, -1)).toEqual([failed, failed, failed, failed]);
  });

  it('a runtime error leaves no event but the end of the execution, and no Catch above sees it', async () => {
    const choice = { Type: 'Choice', Choices: [{ Condition: false, Next: 'I' }] };
    const stuck = { StartAt: 'C', States: { C: choice, I: pass() } };
    const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'M' }];
    const made = await play(map({}, { ItemProcessor: stuck, Catch }));
    expect(typesOf(made).slice(2)).toEqual(['MapStateStarted', 'MapIterationStarted', 'ChoiceStateEntered', 'ExecutionFailed']);
    expect(made.execution.error).toBe('States.Runtime');
  });

  it("a Catch whose own expression fails is told from before the state's failure, which is then told again", async () => {
    const Catch = [
      { ErrorEquals: ['Other'], Next: 'R' },
      { ErrorEquals: ['States.ALL'], Output: { v: '{% $states.input.missing %}' }, Next: 'R' },
    ];
    const made = await play(jsonata({ P: { Type: 'Parallel', Branches: [line('A', boom)], Catch, End: true }, R: pass() }));
    expect(typesOf(made).slice(3)).toEqual([
      'FailStateEntered',
      'ParallelStateFailed',
      'EvaluationFailed',
      'ParallelStateFailed',
      'ExecutionFailed',
    ]);
    expect(pointersOf(made)).toEqual([0, 0, 2, 3, 4, 4, 6, 7]);
    expect(made.execution.history[5]?.evaluationFailedEventDetails).toMatchObject({ location: 'Catch[1]/Output/v', state: 'P' });
  });

  it('an evaluation that fails in an iteration names its state and its visit, and is the error of the execution', async () => {
    const made = await play(map(undefinedOutput));
    expect(typesOf(made).slice(4)).toEqual([
      'PassStateEntered',
      'EvaluationFailed',
      'MapIterationFailed',
      'MapStateFailed',
      'ExecutionFailed',
    ]);
    expect(pointersOf(made)).toEqual([0, 0, 2, 3, 4, 5, 6, 6, 8]);
    expect(made.execution.cause).toBe(
      "An error occurred while executing the state 'I' (entered at the event id #5). The JSONata expression '$states.input.missing' specified for the field 'Output/v' returned nothing (undefined).",
    );
  });

  it('a task is scheduled with its limits and the role it runs under', async () => {
    const made = await play(
      jsonata({ A: task({ TimeoutSeconds: 9, HeartbeatSeconds: 3, Credentials: { RoleArn: 'arn:aws:iam::1:role/r' } }) }),
    );
    expect(made.execution.history[2]?.taskScheduledEventDetails).toEqual({
      resourceType: 'lambda',
      resource: 'invoke',
      region: 'us-east-1',
      parameters: '{"FunctionName":"f"}',
      timeoutInSeconds: 9,
      heartbeatInSeconds: 3,
      taskCredentials: { roleArn: 'arn:aws:iam::1:role/r' },
    });
  });
});
