import { GetCommand, PutCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { dynamoDb } from '../../../../shared/lambda/clients.ts';
import { fixture } from './support/fixture.ts';

const quiet = { info: () => {}, warn: () => {}, error: () => {} };

describe('through the SDK short-circuited in this process', () => {
  const made = () => {
    const { engine, scheduler } = fixture();
    return dynamoDb({
      env: {},
      clock: scheduler,
      random: scheduler.random,
      pause: () => Promise.resolve(),
      log: quiet,
      aws: (_service, operation, input) => engine.serve(operation, input as Record<string, unknown>),
    });
  };
  const T = { TableName: 'journal' };

  it('JavaScript values go in and come out, sets and bytes too', async () => {
    const client = made();
    const Item = {
      pk: 'p',
      sk: '1',
      n: 1.5,
      on: true,
      nothing: null,
      list: [1, { deep: 'x' }],
      tags: new Set(['a', 'b']),
      bytes: new Uint8Array([1, 2]),
    };
    await client.send(new PutCommand({ ...T, Item }));
    const { Item: read } = await client.send(new GetCommand({ ...T, Key: { pk: 'p', sk: '1' } }));
    expect(read?.['bytes']).toBeInstanceOf(Uint8Array);
    expect({ ...read, bytes: Buffer.from(read?.['bytes']) }).toEqual({ ...Item, bytes: Buffer.from([1, 2]) });
  });

  it('errors carry their name and what they return', async () => {
    const client = made();
    const once = new TransactWriteCommand({
      TransactItems: [{ Put: { ...T, Item: { pk: 'p', sk: '1' }, ConditionExpression: 'attribute_not_exists(pk)' } }],
      ClientRequestToken: 'first',
    });
    await client.send(once);
    await client.send(once);
    const again = new TransactWriteCommand({ ...once.input, ClientRequestToken: 'second' });
    await expect(client.send(again)).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      CancellationReasons: [{ Code: 'ConditionalCheckFailed' }],
    });
    const update = new UpdateCommand({
      ...T,
      Key: { pk: 'p', sk: '1' },
      UpdateExpression: 'SET n = if_not_exists(n, :zero) + :one',
      ExpressionAttributeValues: { ':zero': 0, ':one': 1 },
      ReturnValues: 'UPDATED_NEW',
    });
    expect((await client.send(update)).Attributes).toEqual({ n: 1 });
  });
});
