import { setTimeout as pause } from 'node:timers/promises';
import { EventBridgeClient, type EventBridgeClientConfig, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { packed } from '../shared/lambda/packed.ts';
import { localAws } from './aws.ts';

/** One entry as a producer puts it: its registered source, the detail-type, and the detail as an object. */
export interface BusEntry {
  readonly source: string;
  readonly type: string;
  readonly detail: object;
}

export interface Refused {
  readonly entry: BusEntry;
  readonly code: string;
  readonly message: string;
}

export interface Put {
  readonly accepted: number;
  readonly refused: Refused[];
}

export interface Bus {
  /** Puts any number of entries, ten at a time and in order; what the bus refuses or fails is tried again, then reported. */
  put(entries: readonly BusEntry[]): Promise<Put>;
  close(): void;
}

const BATCH = 10;
const BATCH_BYTES = 200_000;
const ATTEMPTS = 5;

const sizeOf = ({ source, type, detail }: BusEntry): number => Buffer.byteLength(JSON.stringify(detail)) + source.length + type.length;

/** Batches within PutEvents' limits: ten entries, and well under 256 KB together. An entry too large alone travels alone. */
export const batches = (entries: readonly BusEntry[]): BusEntry[][] => packed(entries, { most: BATCH, bytes: BATCH_BYTES, sizeOf });

export type Outcome = { ErrorCode?: string | undefined; ErrorMessage?: string | undefined };
/** One PutEvents call: the outcome of each entry, in order. */
export type Send = (entries: readonly BusEntry[]) => Promise<readonly Outcome[]>;
type Wait = (ms: number) => Promise<unknown>;

/** One batch, its failed entries again with growing pauses. A call that fails as a whole is a failure of each entry. */
export const putBatch = async (batch: readonly BusEntry[], send: Send, wait: Wait): Promise<Put> => {
  let open: Refused[] = batch.map((entry) => ({ entry, code: '', message: '' }));
  for (let attempt = 0; attempt < ATTEMPTS && open.length > 0; attempt += 1) {
    if (attempt > 0) await wait(50 * 2 ** attempt);
    const entries = open.map(({ entry }) => entry);
    const outcomes = await send(entries).catch((error: Error) =>
      entries.map((): Outcome => ({ ErrorCode: error.name, ErrorMessage: error.message })),
    );
    open = entries.flatMap((entry, at) => {
      const code = outcomes[at]?.ErrorCode;
      return code ? [{ entry, code, message: outcomes[at]?.ErrorMessage ?? '' }] : [];
    });
  }
  return { accepted: batch.length - open.length, refused: open };
};

export const sender =
  (client: EventBridgeClient, name: string): Send =>
  async (entries) => {
    const output = await client.send(
      new PutEventsCommand({
        Entries: entries.map(({ source, type, detail }) => ({
          EventBusName: name,
          Source: source,
          DetailType: type,
          Detail: JSON.stringify(detail),
        })),
      }),
    );
    return output.Entries ?? [];
  };

interface BusOptions {
  /** `swoe` on one machine, `swoe-<stage>` in AWS. */
  readonly name?: string;
  readonly wait?: Wait;
}

/** The bus, as any producer reaches it: the plain SDK at a local endpoint, or as it is configured. */
export const openBus = (where: string | EventBridgeClientConfig, { name = 'swoe', wait = pause }: BusOptions = {}): Bus => {
  const client = new EventBridgeClient(typeof where === 'string' ? localAws(where) : where);
  const send = sender(client, name);
  return {
    put: async (entries) => {
      const sum = { accepted: 0, refused: [] as Refused[] };
      for (const batch of batches(entries)) {
        const { accepted, refused } = await putBatch(batch, send, wait);
        sum.accepted += accepted;
        sum.refused.push(...refused);
      }
      return sum;
    },
    close: () => client.destroy(),
  };
};
