import { expect, test } from 'vitest';
import { type HandleBatch, sqsBatchDoor } from '../../../shared/lambda/doors.ts';
import { delivery, raw, rooms } from '../../support/rooms.ts';

const event = (id: string) => raw('dispatch', { id });

/** A handler that throws where one of its deliveries is spoilt, and what it was handed each time. */
const spoiltBy = (...spoilt: unknown[]): { handle: HandleBatch; handed: number[] } => {
  const handed: number[] = [];
  const handle: HandleBatch = async (deliveries) => {
    handed.push(deliveries.length);
    if (deliveries.some(({ raw: { id } }) => spoilt.includes(id))) throw new Error('spoilt');
    return [];
  };
  return { handle, handed };
};

test('a batch is handed over whole', async () => {
  const { handle, handed } = spoiltBy();
  expect(await sqsBatchDoor(rooms().runtime, handle)(delivery(event('a'), event('b'), event('c')))).toEqual({ batchItemFailures: [] });
  expect(handed).toEqual([3]);
});

test('what spoils a batch fails alone', async () => {
  const [a, b, c] = [event('a'), event('b'), event('c')];
  const { handle, handed } = spoiltBy(b.id);
  expect(await sqsBatchDoor(rooms().runtime, handle)(delivery(a, b, c))).toEqual({
    batchItemFailures: [{ itemIdentifier: `m-1-${b.id}` }],
  });
  expect(handed).toEqual([3, 1, 1, 1]);
});

test('what cannot be read fails alone, and the others are handed over', async () => {
  const { handle, handed } = spoiltBy();
  const messages = delivery(event('a'), event('b'));
  const [first] = messages.Records;
  if (first) first.body = '{"not json';
  expect(await sqsBatchDoor(rooms().runtime, handle)(messages)).toEqual({ batchItemFailures: [{ itemIdentifier: first?.messageId }] });
  expect(handed).toEqual([1]);
});

test('what the handler names is delivered again', async () => {
  const handle: HandleBatch = async (deliveries) => deliveries.slice(1).map(({ record }) => record.messageId);
  const [a, b] = [event('a'), event('b')];
  expect(await sqsBatchDoor(rooms().runtime, handle)(delivery(a, b))).toEqual({ batchItemFailures: [{ itemIdentifier: `m-1-${b.id}` }] });
});
