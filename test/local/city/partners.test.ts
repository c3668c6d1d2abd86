import { describe, expect, it } from 'vitest';
import { PERFORMERS } from '../../../local/city/performers/index.ts';
import { PartnerAnswer } from '../../../shared/contracts/partner.ts';
import { request, stage } from './ground.ts';

const asked = (index: string, purpose: string, plate?: string) =>
  request({
    subsystem: 'fusion_cloud',
    action: 'FUSION_CLOUD_SYNC',
    units: [],
    arguments: { index, purpose, for: 'criminal-justice' },
    entities: plate ? [{ kind: 'plate', id: plate }] : [],
  });

/** Everything that is put on the bus when it is asked. */
const played = async (given: ReturnType<typeof request>, failureRate = 0) => {
  const { desk, scheduler, said, answers } = stage({ subsystem: 'fusion_cloud', failureRate: () => failureRate });
  const done = desk.requested(given);
  await scheduler.run(scheduler.now() + 10_000);
  await done;
  const [answer] = answers();
  return {
    said,
    answer,
    says: PartnerAnswer.safeParse((answer?.detail as { result?: { answer?: unknown } } | undefined)?.result?.answer).data?.says,
  };
};

describe('the simulated indexes', () => {
  it.each([
    ['a stolen car', 'RBH-4417', 'confirmed', 'Y'],
    ['the car of a scenario’s run', 'RBH-4417-20261201', 'confirmed', 'Y'],
    ['a car that was found', 'RBN-0404', 'not-confirmed', 'N'],
    ['one that its agency looks for', 'RBW-0060', 'confirm-within', 'E'],
  ])('%s is answered for by the agency that entered it, before the index has done', async (_, plate, word, CON) => {
    const { said, answer, says } = await played(asked('ncic', 'confirm', plate));
    const response = said.find(({ type }) => type === 'record.answered');
    expect([says, (response?.detail as { CON?: string } | undefined)?.CON]).toEqual([word, CON]);
    expect(response?.atMs).toBeLessThan(answer?.atMs ?? 0);
  });

  it('searched, a record is a hit and nothing more; a plate in part, or none, is no record', async () => {
    expect((await played(asked('ncic', 'search', 'RBH-4417'))).says).toBe('hit');
    expect((await played(asked('ncic', 'confirm', 'RBH-44'))).says).toBe('no-hit');
    expect((await played(asked('ncic', 'confirm'))).says).toBe('no-hit');
  });

  it('Nlets knows a registration', async () => {
    expect((await played(asked('nlets', 'search', 'RBL-5521'))).says).toBe('hit');
  });

  it('in an outage the switch does not answer', async () => {
    expect((await played(asked('ncic', 'confirm', 'RBH-4417'), 1)).answer).toMatchObject({
      type: 'action.failed',
      detail: { error: 'INDEX_DOWN' },
    });
  });
});

describe('the simulated agencies', () => {
  const notice = (to: string) =>
    request({ action: 'NOTIFICATION_SEND', units: [], arguments: { to, topic: 'terrorist-threat', purpose: 'inform' } });
  const view = (random: number) => {
    const { fleet } = stage();
    return { speed: 20, now: 0, random: () => random, unit: fleet.unit, placeOf: fleet.placeOf, near: fleet.near };
  };

  it.each(['fbi', 'dea', 'dhs', 'state'])('%s acknowledges by its own watch', (to) => {
    const beats = PERFORMERS.NOTIFICATION_SEND(notice(to), view(0.99));
    expect(beats.map((beat) => ('words' in beat ? beat.words.stage : beat.kind))).toEqual(['DELIVERED', 'READ', 'ACCEPTED']);
  });

  it('one that knows something says so on its own, and names nobody', () => {
    const [told] = PERFORMERS.NOTIFICATION_SEND(notice('fbi'), view(0)).filter((beat) => beat.kind === 'letter');
    const detail = told?.kind === 'letter' ? told.detail('2026-12-01T00:00:00.000Z') : {};
    expect(detail).toMatchObject({ type: 'threat.reported', data: { credible: false } });
    expect(detail).not.toHaveProperty('data.entities');
  });
});
