import { describe, expect, test } from 'vitest';
import { channelsOf } from '../../../functions/publish/channels-of.ts';
import { create } from '../../../functions/step/handler.ts';
import { create as createSweep } from '../../../functions/sweep/handler.ts';
import type { JournalEntry } from '../../../shared/contracts/journal.ts';
import type { Runtime } from '../../../shared/lambda/runtime.ts';
import { locking, RUN as OVERRIDE } from '../../support/override.ts';
import { type Rooms, rooms } from '../../support/rooms.ts';
import { execution, perform, stage, unit } from '../../support/scene.ts';

const RUN = 'gunfire-response-I1';

/** A runtime in which no call that touches the journal's table is answered while `down` says so. */
const withoutJournal = (ground: Rooms, down: { is: boolean }): Runtime => ({
  ...ground.runtime,
  aws: async (service, operation, input) => {
    if (down.is && service === 'dynamodb' && JSON.stringify(input).includes('"TableName":"journal"'))
      throw Object.assign(new Error('the journal is throttled'), { name: 'ThrottlingException' });
    return (await ground.runtime.aws?.(service, operation, input)) ?? {};
  },
});

const dark = async (more: Parameters<typeof stage>[1] = {}) => {
  const ground = rooms();
  await stage(ground, more);
  const down = { is: true };
  const runtime = withoutJournal(ground, down);
  const later = async (): Promise<JournalEntry[]> => (await ground.entries()).filter(({ data }) => data['spooled'] === true);
  return { ground, down, runtime, step: create(runtime), sweep: createSweep(runtime), later };
};
const letters = ({ asked }: Rooms) => asked.filter(({ input }) => String(input['QueueUrl']).endsWith('swoe-dev-sweep-dlq'));

describe('while the journal cannot be written', () => {
  test('an officer alert goes out once, however often its command comes', async () => {
    const { ground, step } = await dark();
    await step(perform('I1', 'alertOfficers'));
    expect(ground.told).toMatchObject([{ type: 'action.requested', detail: { action: 'OFFICER_ALERT' } }]);
    expect(await ground.stores.executions.step(RUN, 'alertOfficers')).toMatchObject({ status: 'DISPATCHED', attempt: 0 });
    await step(perform('I1', 'alertOfficers', { token: 'second' }));
    expect(new Set(ground.told.map(({ detail }) => detail['actionId']))).toEqual(new Set([`${RUN}/alertOfficers/0`]));
    expect(await ground.stores.executions.step(RUN, 'alertOfficers')).toMatchObject({ attempt: 0, token: 'second' });
  });

  test('everything else fails as before, and changes nothing', async () => {
    const { ground, step } = await dark({ fleet: [unit('o1', 'OFFICER', 100), unit('o2', 'OFFICER', 100)] });
    await expect(step(perform('I1', 'sendPatrols'))).rejects.toThrow('throttled');
    expect(ground.told).toEqual([]);
    expect(await ground.stores.resources.get('o1')).toMatchObject({ status: 'FREE' });
    expect(await ground.stores.executions.step(RUN, 'sendPatrols')).toBeUndefined();
  });

  test('help that is refused a second time, because its run has ended, stays refused', async () => {
    const { ground, step } = await dark({ executions: [execution('I1', { status: 'COMPLETED' })] });
    await step(perform('I1', 'alertOfficers'));
    expect(ground.told).toEqual([]);
  });
});

describe('when it can be written again', () => {
  test('what was set aside comes into the journal once, in order, marked, with the time at which it happened, and somebody is woken until then', async () => {
    const { ground, down, step, sweep, later } = await dark();
    await step(perform('I1', 'alertOfficers'));
    await ground.scheduler.run(ground.runtime.clock.now() + 60_000);
    await sweep();
    expect(await later()).toEqual([]);
    expect(JSON.parse(String(letters(ground)[0]?.input['MessageBody']))).toEqual({
      type: 'audit.spooled',
      since: '2026-11-22T17:00:00.000Z',
      waiting: 1,
    });
    down.is = false;
    // Two sweeps at once, and one after: each of them finds it, or finds it gone.
    await Promise.all([sweep(), createSweep(ground.runtime)()]);
    const heard = letters(ground).length;
    await sweep();
    expect(letters(ground)).toHaveLength(heard);
    const entries = await later();
    expect(entries.map(({ kind }) => kind)).toEqual(['step.started', 'guardrail.decided', 'action.requested']);
    for (const entry of entries) {
      expect(entry).toMatchObject({ at: '2026-11-22T17:01:00.000Z', data: { happenedAt: '2026-11-22T17:00:00.000Z' } });
      expect(entry.incidentId).toBe('I1');
    }
    const [told, ...more] = (await ground.entries()).filter(({ kind }) => kind === 'audit.spooled');
    expect([told?.data, more]).toMatchObject([{ since: '2026-11-22T17:00:00.000Z' }, []]);
    expect(told && channelsOf(told)).toContain('alerts');
  });
});

test('a lock-down is no alert: it waits for the journal, life-safety override or not', async () => {
  const { ground, step } = await dark({ executions: [execution('I1', { id: OVERRIDE, workflow: 'active-shooter-response' })] });
  await expect(step(locking())).rejects.toThrow('throttled');
  expect(ground.told).toEqual([]);
});
