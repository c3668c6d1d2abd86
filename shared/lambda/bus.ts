import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { eventBridge } from './clients.ts';
import { setting } from './doors.ts';
import type { Runtime } from './runtime.ts';

export interface Announcement {
  type: string;
  detail: object;
}

/** Puts SWOE's own events on its bus. Throws where the bus took fewer than all, so the message that led here is delivered again. */
export const ownBus = (runtime: Runtime) => {
  const client = eventBridge(runtime);
  const name = setting(runtime, 'BUS_NAME');
  return {
    announce: async (...announcements: Announcement[]): Promise<void> => {
      for (let from = 0; from < announcements.length; from += 10) {
        const entries = announcements.slice(from, from + 10).map(({ type, detail }) => ({
          EventBusName: name,
          Source: 'swoe',
          DetailType: type,
          Detail: JSON.stringify(detail),
        }));
        const { FailedEntryCount, Entries } = await client.send(new PutEventsCommand({ Entries: entries }));
        const refused = Entries?.find((entry) => entry.ErrorCode);
        if (FailedEntryCount)
          throw new Error(`The bus refused ${FailedEntryCount} of ${entries.length} events: ${refused?.ErrorCode ?? 'unknown'}`);
      }
    },
  };
};

export type OwnBus = ReturnType<typeof ownBus>;
