import { PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { eventBridge } from './clients.ts';
import { setting } from './doors.ts';
import { packed } from './packed.ts';
import type { Runtime } from './runtime.ts';

export interface Announcement {
  type: string;
  detail: object;
}

type BusEntry = Required<Pick<PutEventsRequestEntry, 'EventBusName' | 'Source' | 'DetailType' | 'Detail'>>;

/** PutEvents takes ten entries and 256 KB at once; an entry counts as its texts. */
const CALL = {
  most: 10,
  bytes: 240 * 1024,
  sizeOf: ({ Detail, DetailType }: BusEntry): number => Buffer.byteLength(Detail) + DetailType.length + 32,
};

/** Puts events of one source on the room's bus. Throws where the bus took fewer than all, so the message that led here is delivered again. */
const busFor = (runtime: Runtime, Source: string) => {
  const client = eventBridge(runtime);
  const EventBusName = setting(runtime, 'BUS_NAME');
  return {
    announce: async (...announcements: Announcement[]): Promise<void> => {
      const entries = announcements.map(({ type, detail }) => ({
        EventBusName,
        Source,
        DetailType: type,
        Detail: JSON.stringify(detail),
      }));
      for (const Entries of packed(entries, CALL)) {
        const answer = await client.send(new PutEventsCommand({ Entries }));
        const refused = answer.Entries?.find((entry) => entry.ErrorCode);
        if (answer.FailedEntryCount)
          throw new Error(`The bus refused ${answer.FailedEntryCount} of ${Entries.length} events: ${refused?.ErrorCode ?? 'unknown'}`);
      }
    },
  };
};

/** SWOE's own events, on its own bus. */
export const ownBus = (runtime: Runtime) => busFor(runtime, 'swoe');

/** What is shared, on the bus that leads to other agencies; they hear it as what a neighbouring agency says. */
export const outgoingBus = (runtime: Runtime) => busFor(runtime, 'partner_agency');

export type OwnBus = ReturnType<typeof ownBus>;
