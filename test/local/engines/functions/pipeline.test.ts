import { expect, it } from 'vitest';
import { createEvents } from '../../../../local/engines/events/events.ts';
import { createGround, replayInto } from '../queues/ground.ts';
import { type Bench, createBench, handler, queueArn } from './bench.ts';

interface SqsEvent {
  Records: { messageId: string; body: string }[];
}

const EVENTS = 500;

const wire = (bench: Bench) => {
  const events = createEvents(bench.ground, {
    send: (arn, body) => void bench.queues.send(arn, body),
    invokeAsync: bench.functions.invokeAsync,
    allow: () => undefined,
  });
  bench.queues.define({ QueueName: 'ingest', VisibilityTimeout: 60 });
  bench.functions.defineMapping({
    FunctionName: 'ingest',
    EventSourceArn: queueArn('ingest'),
    FunctionResponseTypes: ['ReportBatchItemFailures'],
  });
  events.defineBus({ Name: 'swoe' });
  events.defineRule({
    Name: 'intake',
    EventBusName: 'swoe',
    EventPattern: { source: [{ prefix: 'c' }] },
    Targets: [{ Id: 'q', Arn: queueArn('ingest') }],
  });
  return events;
};

it('every event put on the bus reaches its function, also across a crash in the middle and with every fifth attempt failing', async () => {
  const ground = createGround();
  const seen = new Map<number, number>();
  let calls = 0;
  const run = handler((({ Records }: SqsEvent) => {
    calls += 1;
    if (calls % 5 === 0) throw new Error('now and then');
    for (const { body } of Records) {
      const { n } = (JSON.parse(body) as { detail: { n: number } }).detail;
      seen.set(n, (seen.get(n) ?? 0) + 1);
    }
    return { batchItemFailures: [] };
  }) as (event: never) => unknown);

  const first = createBench({ ingest: run }, { ground });
  const bus = wire(first);
  first.queues.resume();
  first.functions.resume();
  for (let n = 0; n < EVENTS; n += 10) {
    const Entries = Array.from({ length: 10 }, (_, i) => ({
      EventBusName: 'swoe',
      Source: 'cad',
      DetailType: 'call',
      Detail: JSON.stringify({ n: n + i }),
    }));
    expect(await bus.serve('PutEvents', { Entries })).toMatchObject({ FailedEntryCount: 0 });
  }
  await ground.scheduler.run(() => seen.size > EVENTS / 3);

  const after = createGround();
  const second = createBench({ ingest: run }, { ground: after });
  wire(second);
  replayInto(second.queues, { ...after, records: ground.records });
  replayInto(second.functions, { ...after, records: ground.records });
  await after.scheduler.run();
  expect(seen.size).toBe(EVENTS);
  expect(second.queues.counts(queueArn('ingest'))).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  expect(second.functions.isIdle()).toBe(true);
});
