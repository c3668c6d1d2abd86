import type { Look } from './look.ts';
import { ask, type Show } from './view.ts';

const archives = (look: Look): Promise<Record<string, unknown>[]> =>
  ask<{ Archives?: Record<string, unknown>[] }>(look, 'events', 'ListArchives').then(({ Archives = [] }) => Archives);

export const buses: Show = async (look) => {
  const { EventBuses } = await ask<{ EventBuses: { Name: string }[] }>(look, 'events', 'ListEventBuses');
  const rules = (EventBusName: string) => ask<{ Rules: unknown[] }>(look, 'events', 'ListRules', { EventBusName });
  return [
    {
      title: 'Buses',
      rows: await Promise.all(EventBuses.map(async ({ Name }) => ({ bus: Name, rules: (await rules(Name)).Rules.length }))),
      none: 'none',
    },
    {
      title: 'Archives',
      rows: (await archives(look)).map(({ ArchiveName, State, EventCount, SizeBytes, RetentionDays }) => ({
        archive: ArchiveName,
        state: State,
        events: EventCount,
        bytes: SizeBytes,
        'kept days': RetentionDays,
      })),
      none: 'none',
    },
  ];
};
