import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStates, type States } from '../local/engines/states/states.ts';
import { openFileLog } from '../local/kernel/file-log.ts';
import { type Log, memoryLog } from '../local/kernel/log.ts';
import { createRealScheduler } from '../local/kernel/real-scheduler.ts';

/**
 * Of the Step Functions engine alone, with a machine of ten tasks that are answered at once, 64 executions in flight: transitions
 * per second with the log off and on, bytes that an ended execution holds (run with --expose-gc), milliseconds that a running
 * execution costs at start-up.
 */
const STEPS = 10;
const FLIGHT = 64;
const TOTAL = Number(process.env['EXECUTIONS'] ?? 2000);
const ROLE = 'arn:aws:iam::000000000000:role/r';
const ARN = 'arn:aws:states:us-east-1:000000000000:stateMachine:ten';

const task = (index: number) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: {
    FunctionName: 'step',
    Payload: { execution: '{% $states.context.Execution.Name %}', step: index, input: '{% $states.input %}' },
  },
  TimeoutSeconds: 30,
  Retry: [{ ErrorEquals: ['States.TaskFailed'], MaxAttempts: 2, JitterStrategy: 'FULL' }],
  Output: `{% $merge([$states.input, {'step${index}': $states.result.Payload.done}]) %}`,
  ...(index + 1 < STEPS ? { Next: `Step${index + 1}` } : { End: true }),
});

const DEFINITION = {
  QueryLanguage: 'JSONata',
  StartAt: 'Step0',
  States: Object.fromEntries(Array.from({ length: STEPS }, (_, index) => [`Step${index}`, task(index)])),
};

/** Answers tasks up to step `last` and leaves those behind it under way; `ended` is told of each end. */
const make = (log: Log, last = STEPS, ended: () => void = () => {}): States => {
  const ground = { scheduler: createRealScheduler(), log, region: 'us-east-1', account: '000000000000', meter: () => {} };
  const states = createStates(ground, {
    invoke: (_arn, payload) => {
      const { step } = payload as { step: number };
      return step < last ? Promise.resolve({ ok: true, payload: { done: step } }) : new Promise(() => {});
    },
    call: () => Promise.resolve({}),
    onStatusChange: ({ detail }) => {
      if (detail['status'] !== 'RUNNING') ended();
    },
  });
  states.define({ name: 'ten', definition: DEFINITION, roleArn: ROLE });
  return states;
};

const start = (states: States, index: number): Promise<unknown> =>
  states.serve('StartExecution', {
    stateMachineArn: ARN,
    name: `e${index}`,
    input: JSON.stringify({ index, incident: 'i'.repeat(200) }),
  });

/** Runs TOTAL executions to their ends, FLIGHT at a time. */
const flood = (log: Log): Promise<States> =>
  new Promise((resolve) => {
    let begun = 0;
    let done = 0;
    const next = (): void => {
      begun += 1;
      if (begun <= TOTAL) void start(states, begun);
    };
    const states = make(log, STEPS, () => {
      done += 1;
      if (done === TOTAL) resolve(states);
      else next();
    });
    for (let index = 0; index < FLIGHT; index += 1) next();
  });

const held = (): number => {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

/** Milliseconds of CPU since it was asked for: other work on the machine does not count. */
const cpu = (): (() => number) => {
  const from = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(from);
    return (user + system) / 1000;
  };
};

const say = (what: string, value: number, unit: string): void =>
  console.log(`${what.padEnd(50)}${value.toFixed(value < 10 ? 2 : 0)} ${unit}`);

const speed = async (what: string, log: Log): Promise<void> => {
  const before = held();
  const spent = cpu();
  const from = performance.now();
  const states = await flood(log);
  const seconds = (performance.now() - from) / 1000;
  const used = spent();
  await new Promise(setImmediate);
  say(`transitions per second, log ${what}`, (TOTAL * STEPS) / seconds, '/s');
  say(`executions per second, log ${what}`, TOTAL / seconds, '/s');
  say(`CPU per execution, log ${what}`, used / TOTAL, 'ms');
  say(`held per ended execution, log ${what}`, (held() - before) / TOTAL, 'bytes');
  if (states.running() > 0) throw new Error('an execution did not end');
};

/** Executions that each wait in their last step are written down and taken up again. */
const restart = async (running: number): Promise<void> => {
  const records: unknown[] = [];
  const write: Log['write'] = (_, record) => void records.push(JSON.parse(JSON.stringify(record)));
  const first = make({ write, settled: () => Promise.resolve() }, STEPS - 1);
  for (let index = 0; index < running; index += 1) await start(first, index);
  for (let turn = 0; turn < STEPS * 4; turn += 1) await new Promise(setImmediate);
  const snapshot = JSON.parse(JSON.stringify([...first.snapshot()])) as unknown[];
  const second = make(memoryLog(), 0);
  const spent = cpu();
  for (const record of snapshot) second.replay(record);
  second.resume();
  await second.serve('ListStateMachines', {});
  say('CPU of a restart per execution in its last step', spent() / running, 'ms');
};

await speed('off', memoryLog());
const dir = mkdtempSync(join(tmpdir(), 'swoe-states-'));
const file = openFileLog(dir);
await speed('on', file);
await file.close();
rmSync(dir, { recursive: true });
await restart(Math.min(TOTAL, 600));
process.exit(0);
