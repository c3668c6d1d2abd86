import { expect, test } from 'vitest';
import { eachOf } from '../../../functions/sweep/each.ts';
import { create } from '../../../functions/sweep/handler.ts';
import { rooms } from '../../support/rooms.ts';
import { stage } from '../../support/scene.ts';

const silent = { info: () => {}, warn: () => {}, error: () => {} };
const gone = (what: string) => async (): Promise<never> => {
  throw new Error(`${what} is gone`);
};

test('a part that fails keeps none of the others from its minute, and the invocation fails with all that did', async () => {
  const done: string[] = [];
  const part = (name: string) => async (): Promise<void> => {
    done.push(name);
  };
  const parts = { first: part('first'), second: gone('a table'), third: part('third'), fourth: gone('a queue'), last: part('last') };
  const failure = await eachOf(silent, parts).catch((error: unknown) => error);
  expect(done).toEqual(['first', 'third', 'last']);
  expect(failure).toMatchObject({ message: 'Not done in this minute: second, fourth' });
  expect((failure as AggregateError).errors.map(({ message }: Error) => message)).toEqual(['a table is gone', 'a queue is gone']);
});

test('parts that all succeed fail nobody', async () => {
  await expect(eachOf(silent, { one: async () => {}, two: async () => 2 })).resolves.toBeUndefined();
});

test('an engine that cannot be read leaves what does not ask for it done', async () => {
  const ground = rooms({ start: Date.UTC(2026, 10, 22, 17, 32) });
  await stage(ground, {});
  const { aws } = ground.runtime;
  let asksRead = false;
  const runtime: typeof ground.runtime = {
    ...ground.runtime,
    aws: async (service, operation, input) => {
      const { TableName } = input as { TableName?: string };
      asksRead ||= TableName === 'connections' && operation === 'Query';
      if (TableName === 'kernel' && operation === 'GetItem') throw Object.assign(new Error('gone'), { name: 'AccessDeniedException' });
      return aws?.(service, operation, input) ?? {};
    },
  };
  await expect(create(runtime)()).rejects.toThrow(/^Not done in this minute: drain, runs/);
  expect(asksRead).toBe(true);
});
