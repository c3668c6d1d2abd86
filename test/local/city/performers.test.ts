import { describe, expect, it } from 'vitest';
import { SUBSYSTEMS } from '../../../local/city/index.ts';
import { PERFORMERS } from '../../../local/city/performers/index.ts';
import type { View } from '../../../local/city/plan.ts';
import { ActionReply } from '../../../shared/contracts/action.ts';
import { ActionType } from '../../../shared/contracts/vocabulary.ts';
import { subsystems } from '../../../workflows/vocabulary/index.ts';
import { request, SCENE, stage } from './ground.ts';

const view = (): View => {
  const { fleet, scheduler } = stage();
  return { speed: 20, now: scheduler.now(), random: scheduler.random, unit: fleet.unit, placeOf: fleet.placeOf, near: fleet.near };
};
const plan = (action: ActionType, over: Parameters<typeof request>[0] = {}) =>
  PERFORMERS[action](request({ action, units: [], ...over }), view());
const answerOf = (beats: ReturnType<typeof plan>) => beats.filter(({ kind }) => kind === 'done' || kind === 'failed');
const officers = [
  { id: 'RB-OFFICER-02', type: 'OFFICER', fence: 1 },
  { id: 'RB-OFFICER-04', type: 'OFFICER', fence: 3 },
];

describe('how the city does its actions', () => {
  it('every subsystem of the vocabulary has a desk', () => {
    expect([...SUBSYSTEMS].sort()).toEqual([...subsystems].sort());
  });

  it.each(ActionType.options)('%s has exactly one answer within the contract, with or without a place', (action) => {
    for (const location of [SCENE, undefined]) {
      const beats = plan(action, { location });
      const answers = answerOf(beats);
      expect(answers).toHaveLength(1);
      for (const beat of beats) if ('words' in beat) ActionReply.parse({ actionId: 'a', ...beat.words });
    }
  });

  it('patrols answer when the last one accepted, long before they arrive', () => {
    const beats = plan('PATROL_REROUTE', { units: officers });
    const [answer] = answerOf(beats);
    const arrivals = beats.filter((beat) => beat.kind === 'say' && beat.words.stage === 'ON_SCENE');
    expect(answer).toMatchObject({ kind: 'done', words: { result: { accepted: ['RB-OFFICER-02', 'RB-OFFICER-04'] } } });
    expect(arrivals).toHaveLength(2);
    expect(Math.min(...arrivals.map(({ afterMs }) => afterMs))).toBeGreaterThan(answer?.afterMs ?? Infinity);
    expect(answer?.afterMs).toBeLessThan(3000);
  });

  it('an alert without units reaches the officers near, and without officers the watch desk', () => {
    expect(answerOf(plan('OFFICER_ALERT'))[0]).toMatchObject({
      words: { result: { acknowledged: expect.arrayContaining(['RB-OFFICER-02']) } },
    });
    expect(answerOf(plan('OFFICER_ALERT', { location: undefined }))[0]).toMatchObject({
      words: { result: { acknowledged: ['watch-desk'] } },
    });
  });

  it('a drone is not sent beyond its range', () => {
    const washington = { lat: 38.9, lon: -77, radiusM: 100 };
    expect(plan('DRONE_DISPATCH', { location: washington, units: [{ id: 'RB-DRONE-01', type: 'DRONE', fence: 1 }] }).at(-1)).toMatchObject({
      kind: 'failed',
      words: { error: 'OUT_OF_RANGE' },
    });
  });

  it('cameras within 500 m are aimed, never others', () => {
    const [answer] = answerOf(plan('SENSOR_ACTIVATE', { arguments: { radiusM: 90_000 } }));
    expect(answer).toMatchObject({ words: { result: { cameras: ['RB-CAMERA-01', 'RB-CAMERA-02', 'RB-CAMERA-03'], radiusM: 500 } } });
  });

  it('advice on tactics is labelled and expires in five minutes', () => {
    const beats = plan('TACTICAL_ANALYSIS');
    const [answer] = answerOf(beats);
    const result = answer && 'words' in answer ? answer.words.result : {};
    expect(result?.label).toBe('advice');
    const left = Date.parse(String(result?.expiresAt)) - Date.UTC(2026, 0, 1) - (answer?.afterMs ?? 0);
    expect(left).toBe(300_000);
  });

  it('predictions name places and no person', () => {
    const [answer] = answerOf(plan('PREDICTIVE_ALERT'));
    const { places, about } = (answer && 'words' in answer ? answer.words.result : {}) as { places: object[]; about: string };
    expect(about).toBe('places');
    for (const place of places) expect(Object.keys(place).sort()).toEqual(['kind', 'lat', 'likelihood', 'lon', 'radiusM']);
  });

  it('a broadcast of the simulated city is an exercise', () => {
    expect(answerOf(plan('EMERGENCY_BROADCAST'))[0]).toMatchObject({ words: { result: { exercise: true } } });
  });
});
