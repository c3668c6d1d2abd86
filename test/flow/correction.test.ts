import { expect, test } from 'vitest';
import { approveAll, FLEET, type Manners, shot, system, willing } from './system.ts';

type Running = Awaited<ReturnType<typeof system>>;

const ELSEWHERE = { lat: 26.7843, lon: -80.0581, radiusM: 20 };
/** So that somebody is still on the way when the correction comes. */
const slowly: Manners = (asked) => (asked.action === 'DRONE_DISPATCH' ? { after: 60_000, outcome: 'completed' } : willing(asked));

const correction = (id: string, data: object, type = 'event.corrected') => ({ specversion: '1.0', id, source: 'dispatch', type, data });
const of = { source: 'gunshot_detection', id: 'shot-1' };

const underWay = async (manners = slowly) => {
  const running = await system({ manners, poll: 100 });
  await running.populate(FLEET);
  await running.put('gunshot_detection', 'gunshot.detected', shot('shot-1'));
  await running.pass(6000);
  return running;
};
const askedIds = ({ asked }: Running) => [...new Set(asked.map(({ actionId }) => actionId))].sort();
const heardIds = ({ corrected }: Running) => corrected.map(({ actionId }) => String(actionId)).sort();

test('a dispatcher corrects the place: every subsystem that was asked hears it once, the open question is put anew, and the journal lists who was told', async () => {
  const running = await underWay(willing);
  const before = askedIds(running);
  expect(before.length).toBeGreaterThan(3);
  const { status } = await running.rest('dispatcher', 'POST', '/events/ingest', correction('c-1', { corrects: of, location: ELSEWHERE }));
  expect(status).toBe(202);
  await running.pass(3000);
  expect(heardIds(running)).toEqual(before);
  for (const word of running.corrected)
    expect(word).toMatchObject({
      correctionOf: 'gunshot_detection#shot-1',
      by: 'dispatch#c-1',
      changed: ['location'],
      location: ELSEWHERE,
    });
  const [entry, ...more] = await running.journal('&kind=event.corrected');
  const told = (entry?.data['told'] ?? []) as { actionId: string }[];
  expect(told.map(({ actionId }) => actionId).sort()).toEqual(before);
  expect([more, entry?.data['borneOutBy']]).toEqual([[], 1]);
  expect(await running.journal('&kind=approval.voided')).toHaveLength(1);
  const later = running.asked.length;
  await approveAll(running);
  await running.pass(20_000);
  expect(running.asked.length).toBeGreaterThan(later);
  for (const { location } of running.asked.slice(later)) expect(location).toEqual(ELSEWHERE);
  const { accepted, fused } = await running.status();
  expect(accepted).toBe(fused);
});

test('the same correction sent twice is told once', async () => {
  const running = await underWay();
  for (let n = 0; n < 2; n += 1) await running.put('dispatch', 'event.corrected', correction('c-1', { corrects: of, location: ELSEWHERE }));
  await running.pass(5000);
  expect(heardIds(running)).toEqual(askedIds(running));
  expect(await running.status()).toMatchObject({ dropped: { duplicate: 1 } });
});

test('a false alarm is heard by everyone who was asked and as an alert, and what runs goes on until a person ends it', async () => {
  const running = await underWay();
  const before = askedIds(running);
  await running.put('gunshot_detection', 'event.retracted', correction('r-1', { retracts: { id: 'shot-1' } }, 'event.retracted'));
  await running.pass(3000);
  expect(heardIds(running)).toEqual(before);
  expect(running.corrected.every(({ retracted }) => retracted)).toBe(true);
  expect(running.cancelled).toEqual([]);
  const [going] = await running.executions();
  expect(going?.status).toBe('RUNNING');
  const [entry] = await running.journal('&kind=event.corrected');
  expect(entry?.data).toMatchObject({ retracted: true, borneOutBy: 0, runs: [{ executionId: going?.id, status: 'RUNNING' }] });
});

test('a call that was taken for part of a shooting and was elsewhere leaves it: everyone who was asked hears it, and its own place is answered', async () => {
  const running = await system({ manners: slowly, poll: 100 });
  await running.populate({ ...FLEET, 'car-3': ['VEHICLE', 900], 'officer-4': ['OFFICER', 950], 'officer-5': ['OFFICER', 970] });
  await running.put('gunshot_detection', 'gunshot.detected', shot('shot-1'));
  await running.pass(1000);
  await running.put('cad_system', 'call.shots-fired', { ...shot('call-1'), type: 'call.shots-fired' });
  await running.pass(4000);
  expect(await running.status()).toMatchObject({ started: 1, joined: 1 });
  const before = askedIds(running);
  const wrong = { source: 'cad_system', id: 'call-1' };
  await running.put('dispatch', 'event.corrected', correction('c-1', { corrects: wrong, location: ELSEWHERE }));
  await running.pass(6000);
  expect(heardIds(running)).toEqual(before);
  expect(await running.journal('&kind=incident.split')).toHaveLength(1);
  expect(await running.status()).toMatchObject({ started: 2 });
  const sent = running.asked.filter(({ actionId }) => !before.includes(actionId)).filter(({ action }) => action === 'OFFICER_ALERT');
  expect(sent.map(({ location }) => location)).toEqual([ELSEWHERE]);
  // What was asked before stands where the shot was.
  for (const { location } of running.corrected) expect(location).toMatchObject({ lat: 26.7753 });
});
