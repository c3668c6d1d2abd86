import type { Scene } from './stage.ts';

/** What two agencies of the stage do together: scenes of `exercise`. */
export const joint: Readonly<Record<string, Scene>> = {
  'two agencies act together, until one ends it and until the time is over': async ({ running }) => {
    const { items } = (await running.rest<{ items: { id: string }[] }>('viewer', 'GET', '/events/fused?limit=1')).body;
    const declare = (minutes: number) =>
      running.rest<{ id: string }>('chief', 'POST', '/joint-operations', {
        name: 'Marina',
        reason: 'as it looks from here',
        agencies: ['riviera-beach-fire'],
        incidents: items.map(({ id }) => id),
        objectives: ['clear the marina'],
        until: new Date(running.scheduler.now() + minutes * 60_000).toISOString(),
      });
    const { id } = (await declare(60)).body;
    await declare(1);
    await running.rest('viewer', 'GET', '/joint-operations');
    await running.rest('chief', 'POST', `/joint-operations/${id}/end`, { reason: 'it is clear' });
    await running.pass(150_000);
  },
};
