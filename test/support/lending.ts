import { createLending } from '../../shared/domain/joint/lending.ts';

/** Where no joint operation stands: nobody lends anybody anything. */
export const noLending = createLending({
  joint: { standing: async () => [], stands: () => ({}) },
  incidents: { standing: async () => undefined },
  parties: { ours: [], partners: [] },
  clock: { now: () => 0 },
});
