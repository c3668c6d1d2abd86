import { createStates, type States } from '../../../../local/engines/states/states.ts';
import type { StatusChange } from '../../../../local/engines/states/status-event.ts';
import type { AwsError } from '../../../../local/kernel/aws-error.ts';
import type { Ground, InvokeOutcome } from '../../../../local/kernel/engine.ts';
import { createVirtualScheduler, type VirtualScheduler } from '../../../../local/kernel/virtual-scheduler.ts';

export const ROLE = 'arn:aws:iam::000000000000:role/machine';
export const MACHINE = 'arn:aws:states:us-east-1:000000000000:stateMachine:m';
const ARGUMENTS = {
  FunctionName: 'arn:aws:lambda:us-east-1:000000000000:function:step',
  Payload: { token: '{% $states.context.Task.Token %}' },
};

/** A machine of one task that waits for its token. */
export const waiting = (extra: object = {}) => ({
  QueryLanguage: 'JSONata',
  StartAt: 'Ask',
  States: {
    Ask: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken', Arguments: ARGUMENTS, ...extra, Next: 'Done' },
    Done: { Type: 'Succeed' },
  },
});

export interface Bench {
  readonly scheduler: VirtualScheduler;
  readonly states: States;
  /** Everything the engine wrote, as the log would give it back. */
  readonly records: unknown[];
  readonly changes: StatusChange[];
  readonly invoked: { functionArn: string; payload: unknown; principal: string }[];
  readonly called: { principal: string; service: string; operation: string; input: Record<string, unknown> }[];
  readonly metered: Map<string, number>;
  answer: (payload: unknown) => InvokeOutcome | Promise<InvokeOutcome>;
  reply: (service: string, operation: string, input: Record<string, unknown>) => Record<string, unknown> | Promise<Record<string, unknown>>;
  /** An operation, with the clock moved only as far as it takes. */
  serve(operation: string, input: Record<string, unknown>): Promise<Record<string, unknown>>;
  refused(operation: string, input: Record<string, unknown>): Promise<string>;
}

export const bench = (definition: object = waiting(), records: readonly unknown[] = [], start = Date.UTC(2026, 0, 1)): Bench => {
  const scheduler = createVirtualScheduler({ start });
  const metered = new Map<string, number>();
  const written: unknown[] = [...records];
  const ground: Ground = {
    scheduler,
    log: { write: (_, record) => void written.push(JSON.parse(JSON.stringify(record))), settled: () => Promise.resolve() },
    region: 'us-east-1',
    account: '000000000000',
    meter: (service, unit, count) => void metered.set(`${service} ${unit}`, (metered.get(`${service} ${unit}`) ?? 0) + count),
  };
  const made: Omit<Bench, 'states'> = {
    scheduler,
    records: written,
    changes: [],
    invoked: [],
    called: [],
    metered,
    answer: () => ({ ok: true, payload: null }),
    reply: () => ({}),
    serve: (operation, input) => states.serve(operation, input),
    refused: (operation, input) =>
      states.serve(operation, input).then(
        () => 'nothing was refused',
        (error: AwsError) => error.name,
      ),
  };
  const states = createStates(ground, {
    invoke: async (functionArn, payload, principal) => {
      made.invoked.push({ functionArn, payload, principal });
      return made.answer(payload);
    },
    call: async (principal, service, operation, input) => {
      made.called.push({ principal, service, operation, input });
      return made.reply(service, operation, input);
    },
    onStatusChange: (event) => void made.changes.push(event),
  });
  states.define({ name: 'm', definition, roleArn: ROLE });
  for (const record of records) states.replay(record);
  if (records.length > 0) states.resume();
  return Object.assign(made, { states });
};

/** The token that an invocation carried: the first one's, or the one's named from either end. */
export const tokenOf = ({ invoked }: Bench, which = 0): string => {
  const payload = invoked.at(which)?.payload as { token: string } | undefined;
  return payload?.token ?? 'nothing was invoked';
};

/** The engine after a crash: a fresh one over the same log, its clock at `start`. */
export const restarted = (before: Bench, definition: object = waiting(), start = before.scheduler.now()): Bench =>
  bench(definition, before.records, start);
