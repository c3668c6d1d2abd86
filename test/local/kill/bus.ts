import { setTimeout as pause } from 'node:timers/promises';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { localAws } from '../../../client/aws.ts';

/** An entry that a producer wants on the bus, and the id under which the bus said it had it. */
export interface Put {
  readonly source: string;
  readonly type: string;
  readonly detail: object;
  readonly at: number;
  tries: number;
  eventId?: string;
}

export interface Bus {
  /** Tries until the bus has taken it, over as many lives of the machine as that needs. */
  put(source: string, type: string, detail: object): Promise<Put>;
  readonly puts: readonly Put[];
  /** How many entries the bus has taken so far. */
  taken(): number;
  /** Entries the bus has not taken yet. */
  open(): number;
  /** Gives up what is still open. */
  close(): void;
}

const AGAIN_MS = 150;

export const openBus = (endpoint: string, now: () => number): Bus => {
  const client = new EventBridgeClient({ ...localAws(endpoint), maxAttempts: 1 });
  const puts: Put[] = [];
  let open = 0;
  let taken = 0;
  let closed = false;
  const tryOnce = async ({ source, type, detail }: Put): Promise<string | undefined> => {
    const Entries = [{ EventBusName: 'swoe', Source: source, DetailType: type, Detail: JSON.stringify(detail) }];
    const { Entries: answers } = await client.send(new PutEventsCommand({ Entries }));
    return answers?.[0]?.EventId;
  };
  return {
    put: async (source, type, detail) => {
      const put: Put = { source, type, detail, at: now(), tries: 0 };
      puts.push(put);
      open += 1;
      while (!closed && !put.eventId) {
        put.tries += 1;
        const eventId = await tryOnce(put).catch(() => undefined);
        if (eventId) put.eventId = eventId;
        else await pause(AGAIN_MS);
      }
      open -= 1;
      if (put.eventId) taken += 1;
      return put;
    },
    puts,
    taken: () => taken,
    open: () => open,
    close: () => {
      closed = true;
      client.destroy();
    },
  };
};
