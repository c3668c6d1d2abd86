import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, expect, test } from 'vitest';
import { apiBus } from '../../../functions/api/bus.ts';
import type { Runtime } from '../../../shared/lambda/runtime.ts';

const bridge = mockClient(EventBridgeClient);
afterEach(() => bridge.reset());

const make = () => {
  const lines: Record<string, unknown>[] = [];
  const note = (_: string, fields: Record<string, unknown>): void => {
    lines.push(fields);
  };
  const log = { info: note, warn: note, error: note };
  const runtime: Runtime = { env: { BUS_NAME: 'swoe' }, clock: { now: () => 0 }, random: () => 0, pause: () => Promise.resolve(), log };
  return { put: apiBus(runtime), lines };
};
const event = { source: 'cad_system', type: 'call.traffic', detail: { id: 'e1' } };

test('one event is one entry on our bus, and its id comes back', async () => {
  bridge.on(PutEventsCommand).resolves({ FailedEntryCount: 0, Entries: [{ EventId: 'bus-1' }] });
  expect(await make().put(event)).toBe('bus-1');
  expect(bridge.commandCalls(PutEventsCommand).map((call) => call.args[0].input)).toEqual([
    { Entries: [{ EventBusName: 'swoe', Source: 'cad_system', DetailType: 'call.traffic', Detail: '{"id":"e1"}' }] },
  ]);
});

test('an entry that the bus refused has no id, and the log says which error', async () => {
  bridge.on(PutEventsCommand).resolves({ FailedEntryCount: 1, Entries: [{ ErrorCode: 'InternalFailure', ErrorMessage: 'no' }] });
  const { put, lines } = make();
  expect(await put(event)).toBeUndefined();
  expect(lines).toEqual([expect.objectContaining({ operation: 'PutEvents', error: 'InternalFailure' })]);
});

test('a bus that cannot be reached is the same as one that refused', async () => {
  bridge.on(PutEventsCommand).rejects(new Error('connect ECONNREFUSED'));
  expect(await make().put(event)).toBeUndefined();
});
