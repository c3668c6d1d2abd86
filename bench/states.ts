import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStates, type States } from '../local/engines/states/states.ts';
import { openFileLog } from '../local/kernel/file-log.ts';
import { type Log, memoryLog } from '../local/kernel/log.ts';
import { createRealScheduler } from '../local/kernel/real-scheduler.ts';

/**
 * Transitions per second of a machine of ten tasks that are answered at once, 64 executions in flight, with the log off and on;
 * bytes that an ended execution holds; milliseconds that a running one costs at start-up. Run with --expose-gc.
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

interface Made {
  readonly states: States;
  readonly records: unknown[];
}

/** `answers` false: every task stays under way. `ended` is told of each end. */
const make = (log: Log, ended: () => void = () => {}, answers = true): Made => {
  const scheduler = createRealScheduler();
  const records: unknown[] = [];
  const ground = { scheduler, log, region: 'us-east-1', account: '000000000000', meter: () => {} };
  const states = createStates(ground, {
    invoke: (_arn, payload) =>
      answers ? Promise.resolve({ ok: true, payload: { done: (payload as { step: number }).step } }) : new Promise(() => {}),
    call: () => Promise.resolve({}),
    onStatusChange: ({ detail }) => {
      if (detail['status'] !== 'RUNNING') ended();
    },
  });
  states.define({ name: 'ten', definition: DEFINITION, roleArn: ROLE });
  return { states, records };
};

const start = (states: States, index: number): Promise<unknown> =>
  states.serve('StartExecution', { stateMachineArn: ARN, name: `e${index}`, input: JSON.stringify({ index, incident: 'i'.repeat(200) }) });

/** Runs TOTAL executions to their end, FLIGHT at a time. */
const flood = (log: Log): Promise<Made & { seconds: number }> =>
  new Promise((resolve) => {
    let begun = 0;
    let done = 0;
    const next = (): void => {
      begun += 1;
      if (begun <= TOTAL) void start(made.states, begun);
    };
    const made = make(log, () => {
      done += 1;
      if (done === TOTAL) resolve({ ...made, seconds: (performance.now() - from) / 1000 });
      else next();
    });
    const from = performance.now();
    for (let index = 0; index < FLIGHT; index += 1) next();
  });

const heap = (): number => {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

const say = (what: string, value: number, unit: string): void =>
  console.log(`${what.padEnd(44)}${value.toFixed(value < 10 ? 2 : 0)} ${unit}`);

const speed = async (what: string, log: Log): Promise<void> => {
  const before = heap();
  const cpu = process.cpuUsage();
  const { states, seconds } = await flood(log);
  const { user, system } = process.cpuUsage(cpu);
  await new Promise(setImmediate);
  say(`transitions per second, log ${what}`, (TOTAL * STEPS) / seconds, '/s');
  say(`executions per second, log ${what}`, TOTAL / seconds, '/s');
  say(`CPU per execution, log ${what}`, (user + system) / 1000 / TOTAL, ms);
  say(`held per ended execution, log ${what}`, (heap() - before) / TOTAL, 'bytes');
  if (states.running() > 0) throw new Error('an execution did not end');
};
const ms = 'ms';

/** Executions that each wait in their last step are written down and taken up again. */
const restart = async (): Promise<void> => {
  const records: unknown[] = [];
  const first = make(
    { write: (_, record) => void records.push(JSON.parse(JSON.stringify(record))), settled: () => Promise.resolve() },
    () => {},
    false,
  );
  const running = Math.min(TOTAL, 600);
  for (let index = 0; index < running; index += 1) await start(first.states, index);
  const second = make(memoryLog(), () => {}, false);
  const from = performance.now();
  for (const record of records) second.states.replay(record);
  second.states.resume();
  await second.states.serve('ListStateMachines', {});
  say('restart per running execution', (performance.now() - from) / running, ms);
};

await speed('off', memoryLog());
const dir = mkdtempSync(join(tmpdir(), 'swoe-states-'));
const file = openFileLog(dir);
await speed('on', file);
await file.close();
rmSync(dir, { recursive: true });
await restart();
process.exit(0);
