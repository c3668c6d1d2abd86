import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createVirtualScheduler } from '../../../../local/kernel/virtual-scheduler.ts';
import { createGround } from '../queues/ground.ts';
import { type Bench, createBench, createStreams, handler, queueArn, streamArn } from './bench.ts';

type Step =
  | { do: 'reserve'; to: number | undefined }
  | { do: 'batch'; size: number }
  | { do: 'invoke'; n: number; fails: boolean }
  | { do: 'change'; text: string }
  | { do: 'wait'; ms: number }
  | { do: 'snapshot' };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('invoke' as const), n: fc.nat(99), fails: fc.boolean() }),
  fc.record({ do: fc.constant('reserve' as const), to: fc.option(fc.nat(3), { nil: undefined }) }),
  fc.record({ do: fc.constant('batch' as const), size: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ do: fc.constant('change' as const), text: fc.string({ maxLength: 3 }) }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.nat(100_000) }),
  fc.record({ do: fc.constant('snapshot' as const) }),
);

interface Asked {
  n?: number;
  fails?: boolean;
  Records?: { text: string }[];
}

const bench = (seen: unknown[], given: Parameters<typeof createBench>[1] = {}): Bench => {
  const run = ({ n, fails, Records }: Asked) => {
    seen.push(n ?? Records?.map(({ text }) => text));
    if (fails) throw new Error('no');
  };
  const made = createBench({ f: handler(run as (event: never) => unknown) }, given);
  made.queues.define({ QueueName: 'lost' });
  made.functions.defineInvokeConfig({ FunctionName: 'f', DestinationConfig: { OnFailure: { Destination: queueArn('lost') } } });
  made.functions.defineMapping({ FunctionName: 'f', EventSourceArn: streamArn, StartingPosition: 'TRIM_HORIZON', BatchSize: 2 });
  return made;
};

/** What a function still hears after a restart on these records, and what is given up with how many tries. */
const heard = async (records: readonly unknown[], changes: readonly string[], now: number): Promise<unknown> => {
  const seen: unknown[] = [];
  const streams = createStreams();
  const { functions, queues, ground } = bench(seen, { ground: createGround(createVirtualScheduler({ start: now })), streams });
  streams.add(...changes);
  for (const record of records) functions.replay(structuredClone(record));
  queues.resume();
  functions.resume();
  await ground.scheduler.run(now + 86_400_000);
  const shown = [await functions.serve('GetFunction', { FunctionName: 'f' }), await functions.serve('ListEventSourceMappings', {})];
  const lost = queues.take(queueArn('lost'), 100).map(({ body }) => JSON.parse(body) as { requestContext: object; requestPayload: Asked });
  const told = lost.map(({ requestContext, requestPayload }) => [requestPayload.n, requestContext]);
  return { seen, told, shown, idle: functions.isIdle(), left: [...functions.snapshot()].length };
};

describe('a snapshot of the functions', () => {
  it('replayed, and followed by later records, is what the whole log replayed would be', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const changes: string[] = [];
        const { ground, functions, queues, streams } = bench([]);
        queues.resume();
        functions.resume();
        const own = (from: number) => ground.records.slice(from).flatMap(([name, record]) => (name === 'functions' ? [record] : []));
        let compacted: unknown[] = [];
        let from = 0;
        for (const one of steps) {
          if (one.do === 'invoke') functions.invokeAsync('f', { n: one.n, fails: one.fails });
          else if (one.do === 'change') {
            changes.push(one.text);
            streams.add(one.text);
          } else if (one.do === 'wait') await ground.scheduler.run(ground.scheduler.now() + one.ms);
          else [compacted, from] = [JSON.parse(JSON.stringify([...functions.snapshot()])) as unknown[], ground.records.length];
        }
        const now = ground.scheduler.now();
        const whole = await heard(own(0), changes, now);
        expect(await heard([...compacted, ...own(from)], changes, now)).toEqual(whole);
        expect(await heard([...functions.snapshot()], changes, now)).toEqual(whole);
      }),
      { numRuns: 150 },
    );
  });

  it('holds nothing of what succeeded or was given up', async () => {
    const { functions, ground } = bench([]);
    for (let n = 0; n < 50; n += 1) functions.invokeAsync('f', { n, fails: n % 2 === 0 });
    await ground.scheduler.run();
    expect([...functions.snapshot()]).toEqual([]);
  });
});
