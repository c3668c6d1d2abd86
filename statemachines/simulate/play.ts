import type { FinishCommand, StepCommand } from '../../shared/contracts/execution.ts';
import { machineInput } from '../../shared/domain/begin.ts';
import { type Drive, drive } from '../interpret/drive.ts';
import type { HistoryEvent, Started, TaskOrder } from '../interpret/protocol.ts';
import { start } from '../interpret/step.ts';
import type { Agenda } from './agenda.ts';
import { commandOf } from './commands.ts';
import { type Ended, finish } from './finish.ts';
import { machineOf } from './machines.ts';
import { miss } from './miss.ts';
import { passedOver } from './passed-over.ts';
import { ask, hold } from './people.ts';
import { perform } from './perform.ts';
import { type Answer, atOnce, type Run, type Silence } from './run.ts';

const DONE = atOnce(() => ({ output: {} }));

const errorOf = ({ Error: error, Cause: cause }: { Error?: string | undefined; Cause?: string | undefined }): string =>
  `${error ?? 'Unknown'}: ${cause ?? ''}`.slice(0, 500);

/** What `step` and `finish` would do with a command. */
const take = async (run: Run, command: StepCommand | FinishCommand): Promise<Answer | Silence> => {
  run.counts.invocations += 1;
  if (command.op === 'perform') return perform(run)(command);
  if (command.op === 'hold') return hold(run)(command);
  if (command.op === 'ask') return ask(run)(command);
  if (command.op === 'miss') miss(run)(command);
  else if (command.op === 'complete') finish(run)('COMPLETED', '');
  else finish(run)('FAILED', errorOf(command.error));
  return DONE;
};

/** The first input of the interpreter. One seed: the same question has the same answer. */
const startedAs = ({ execution, clock }: Run): Started => ({
  kind: 'started',
  at: clock.now(),
  input: JSON.parse(machineInput(execution)) as unknown,
  executionArn: `arn:aws:states:us-east-1:000000000000:execution:simulated:${execution.id}`,
  name: execution.id,
  roleArn: 'arn:aws:iam::000000000000:role/simulated',
  region: 'us-east-1',
  stateMachine: { Id: 'arn:aws:states:us-east-1:000000000000:stateMachine:simulated', Name: 'simulated' },
  seed: execution.id,
});

const ENDED_AS: Readonly<Record<string, Ended>> = { SUCCEEDED: 'COMPLETED', FAILED: 'FAILED', TIMED_OUT: 'TIMEOUT', ABORTED: 'CANCELLED' };

const causeOf = ({ error, cause }: Pick<Drive['execution'], 'error' | 'cause'>): string =>
  [error, cause].filter(Boolean).join(': ').slice(0, 500);

/** Commands are taken one after the other, so that two steps are never given one unit. */
const createHost = (run: Run, agenda: Agenda, driven: () => Drive | undefined) => {
  const waiting = new Map<number, () => void>();
  let work = Promise.resolve();
  const answer = (task: number, reply: ReturnType<Answer['happen']>): void => {
    waiting.delete(task);
    if ('error' in reply) driven()?.send({ kind: 'failed', task, ...reply });
    else driven()?.send({ kind: 'succeeded', task, output: reply.output });
  };
  const order = async ({ task, token, arguments: args }: TaskOrder): Promise<void> => {
    const answered = await take(run, commandOf(args));
    if (token) driven()?.send({ kind: 'submitted', task, output: {} });
    if (answered)
      waiting.set(
        task,
        agenda.after(answered.afterMs, () => answer(task, answered.happen())),
      );
  };
  return {
    now: agenda.now,
    after: agenda.after,
    perform: (one: TaskOrder): void => {
      work = work.then(() => order(one));
    },
    cancelled: (task: number): void => {
      waiting.get(task)?.();
      waiting.delete(task);
    },
    /** Resolves when nothing is left to do at this moment of the clock. */
    settled: async (): Promise<void> => {
      for (let before: Promise<void> | undefined; before !== work; ) {
        before = work;
        await before;
        await driven()?.idle();
      }
    },
  };
};

/** Runs the compiled machine under the interpreter to its end, on the virtual clock, and gives its history. */
export const play = async (run: Run, agenda: Agenda): Promise<readonly HistoryEvent[]> => {
  let driven: Drive | undefined;
  const host = createHost(run, agenda, () => driven);
  const { execution, effects } = await start(machineOf(run.workflow), startedAs(run));
  const stepped = (from: number): void => {
    for (const step of passedOver(execution.history, from)) run.tale.tell({ kind: 'step.passed-over', step });
    if (execution.status !== 'RUNNING') finish(run)(ENDED_AS[execution.status] ?? 'FAILED', causeOf(execution));
  };
  driven = drive(execution, { ...host, stepped });
  stepped(0);
  const endAfter = (seconds: number, status: Ended, cause: string, error: string): void => {
    agenda.after(seconds * 1000, () => {
      if (execution.status !== 'RUNNING') return;
      finish(run)(status, cause);
      driven?.send({ kind: 'stopped', error, cause });
    });
  };
  const { cancelAfterS } = run.assumptions;
  if (cancelAfterS !== undefined) endAfter(cancelAfterS, 'CANCELLED', 'cancelled by a person', 'SWOE.Cancelled');
  // The machine's own ceiling lies beyond the run's clock.
  endAfter(run.workflow.timeout, 'TIMEOUT', 'the deadline has passed', 'SWOE.Deadline');
  driven.begin(effects);
  await agenda.run(host.settled);
  return execution.history;
};
