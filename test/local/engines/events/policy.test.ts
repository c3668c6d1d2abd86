import { expect, it } from 'vitest';
import { localUser, portFor } from '../../../../local/port/index.ts';
import { busArn, createBench } from './bench.ts';

it('a policy that a call puts on a bus binds the next put, and its removal frees it', async () => {
  const bench = createBench();
  const { events, ground } = bench;
  const port = portFor({ ofType: () => [] }, { ground, engine: () => events.serve, live: events.policyOf });
  const call = (operation: string, input: Record<string, unknown>) => port.call(localUser('000000000000'), 'events', operation, input);
  const put = async (): Promise<unknown> =>
    (await call('PutEvents', { Entries: [{ EventBusName: 'swoe', Source: 'cad', DetailType: 'call', Detail: '{}' }] }))['FailedEntryCount'];
  const Condition = { StringEquals: { 'events:source': 'cad' } };
  const Statement = [{ Sid: 'no', Effect: 'Deny', Principal: '*', Action: 'events:PutEvents', Resource: busArn('swoe'), Condition }];

  expect(await put()).toBe(0);
  await call('PutPermission', { EventBusName: 'swoe', Policy: JSON.stringify({ Version: '2012-10-17', Statement }) });
  expect(await put()).toBe(1);
  await call('RemovePermission', { EventBusName: 'swoe', StatementId: 'no' });
  expect(await put()).toBe(0);
});
