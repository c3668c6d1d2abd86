import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { eventBridge } from '../../shared/lambda/clients.ts';
import { setting } from '../../shared/lambda/doors.ts';
import { errorFields, say } from '../../shared/lambda/log.ts';
import type { Runtime } from '../../shared/lambda/runtime.ts';

export interface BusEntry {
  source: string;
  type: string;
  detail: unknown;
}

/** Puts one event on the bus and returns the bus's id for it; undefined where the bus did not take it, so that the caller can be told. */
export const apiBus = (runtime: Runtime) => {
  const client = eventBridge(runtime);
  const name = setting(runtime, 'BUS_NAME');
  return async ({ source, type, detail }: BusEntry): Promise<string | undefined> => {
    try {
      const Entries = [{ EventBusName: name, Source: source, DetailType: type, Detail: JSON.stringify(detail) }];
      const answer = await client.send(new PutEventsCommand({ Entries }));
      const entry = answer.Entries?.[0];
      if (entry?.EventId) return entry.EventId;
      say(runtime.log, 'error', 'invocation.failed', { operation: 'PutEvents', error: entry?.ErrorCode ?? 'unknown' });
    } catch (error) {
      say(runtime.log, 'error', 'invocation.failed', { operation: 'PutEvents', ...errorFields(error) });
    }
    return undefined;
  };
};

export type ApiBus = ReturnType<typeof apiBus>;
