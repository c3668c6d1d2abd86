import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createVirtualScheduler } from '../../local/kernel/virtual-scheduler.ts';
import type { Definition } from '../../statemachines/interpret/definition.ts';
import { drive } from '../../statemachines/interpret/drive.ts';
import type { Execution } from '../../statemachines/interpret/execution.ts';
import { prepare } from '../../statemachines/interpret/machine.ts';
import type { TaskOrder } from '../../statemachines/interpret/protocol.ts';
import { start } from '../../statemachines/interpret/step.ts';

const FILE = new URL('../../../shared/oracles/asl/aws-recorded-jsonata.jsonl', import.meta.url);

interface Mock {
  state: string;
  event: string;
  output?: unknown;
  error?: string;
  cause?: string;
}
interface Recording {
  id: string;
  kind: string;
  definition: Definition;
  input: unknown;
  mocks: Mock[];
  expected: {
    statesEntered: unknown[];
    statesExited: unknown[];
    eventTypes: string[];
    status: string;
    output?: unknown;
    error?: string;
    cause?: string;
  };
}

const jsonl = <T>(url: URL): T[] =>
  readFileSync(url, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T);

/** The recording parsed every text that looks like an object or an array, and masked dates; so do we, on both sides. */
const opened = (value: unknown): unknown => {
  if (typeof value === 'string' && /^[[{]/.test(value)) {
    try {
      return opened(JSON.parse(value));
    } catch {
      return value;
    }
  }
  if (Array.isArray(value)) return value.map(opened);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, opened(item)]));
  return value;
};

/** A date that the recording masked as `date` becomes one that lies in the future. */
const unmasked = (value: unknown): unknown => JSON.parse(JSON.stringify(value).replaceAll('"date"', '"2026-01-01T00:00:05.123456789Z"'));

/** The file an ItemReader read is not in the recording: it held the items of the output, and more where the reader took only some. */
const fileOf = ({ expected }: Recording): unknown[] => [...(opened(expected.output) as unknown[]), { beyond: 'MaxItems' }];

const run = async (recording: Recording): Promise<Execution> => {
  const scheduler = createVirtualScheduler();
  const machine = prepare(recording.definition);
  const mocks = unmasked(recording.mocks) as Mock[];
  const { execution, effects } = await start(machine, {
    kind: 'started',
    at: scheduler.now(),
    input: unmasked(recording.input),
    executionArn: 'arn:aws:states:us-east-1:111111111111:execution:m:e',
    name: 'e',
    roleArn: 'arn:aws:iam::111111111111:role/r',
    region: 'us-east-1',
    stateMachine: { Id: 'arn:aws:states:us-east-1:111111111111:stateMachine:m', Name: 'm' },
    seed: 'e',
  });
  const answer = ({ task, resource }: TaskOrder): void => {
    if (resource.includes(':s3:')) {
      driven.send({ kind: 'succeeded', task, output: fileOf(recording) });
      return;
    }
    const state = execution.tasks.get(task)?.state.name;
    const mock = mocks.splice(
      mocks.findIndex((candidate) => candidate.state === state),
      1,
    )[0];
    if (mock?.event.endsWith('Succeeded')) driven.send({ kind: 'succeeded', task, output: mock.output });
    else driven.send({ kind: 'failed', task, error: mock?.error, cause: mock?.cause });
  };
  const driven = drive(execution, { ...scheduler, perform: (order) => void scheduler.after(0, () => answer(order)) });
  driven.begin(effects);
  await scheduler.run();
  return execution;
};

const seen = (execution: Execution): Recording['expected'] => {
  const of = (suffix: string, member: 'stateEnteredEventDetails' | 'stateExitedEventDetails', shown: readonly string[]) =>
    execution.history
      .filter(({ type }) => type.endsWith(suffix))
      .map((event) => ({
        type: event.type.replace(suffix, ''),
        ...Object.fromEntries(Object.entries(event[member] ?? {}).filter(([key]) => shown.includes(key))),
      }));
  return {
    statesEntered: of('StateEntered', 'stateEnteredEventDetails', ['name', 'input']),
    statesExited: of('StateExited', 'stateExitedEventDetails', ['name', 'output', 'assignedVariables']),
    eventTypes: execution.history.map(({ type }) => type),
    status: execution.status,
    ...(execution.output ? { output: execution.output.json } : {}),
    ...(execution.error === undefined ? {} : { error: execution.error }),
    ...(execution.cause === undefined ? {} : { cause: execution.cause }),
  };
};

describe.skipIf(!existsSync(FILE))('JSONata state machines recorded in AWS (oracles not found, skipped)', () => {
  it.each(existsSync(FILE) ? jsonl<Recording>(FILE) : [])('$id runs as AWS ran it', async (recording) => {
    expect(opened(seen(await run(recording)))).toEqual(opened(unmasked(recording.expected)));
  });
});
