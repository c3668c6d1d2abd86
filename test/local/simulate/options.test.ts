import { expect, test } from 'vitest';
import { Refusal } from '../../../local/kernel/refusal.ts';
import { simulateHere } from '../../../local/simulate/here.ts';
import { requestOf } from '../../../local/simulate/options.ts';
import { inWords } from '../../../local/simulate/words.ts';
import { gunfireResponse } from '../../../workflows/gunfire-response.ts';

const NOTHING = { fail: [], slow: [], refuse: [], silent: [], say: [] };
const NOW = Date.UTC(2026, 10, 22, 17);

test('what the command line says is what the contract takes', () => {
  const given = {
    ...NOTHING,
    fail: ['a'],
    slow: ['b'],
    refuse: ['c'],
    silent: ['d'],
    say: ['e.hit=true', 'e.level=LOW', 'f.n=2'],
    cancel: '30',
    at: '26.7,-80.1',
  };
  expect(requestOf('w', undefined, given)).toEqual({
    workflow: 'w',
    fail: ['a'],
    slow: ['b'],
    approvals: { c: 'refuse', d: 'silent' },
    said: { e: { hit: true, level: 'LOW' }, f: { n: 2 } },
    location: { lat: 26.7, lon: -80.1, radiusM: 0 },
    cancelAfterS: 30,
    inputs: {},
    takes: {},
  });
});

test.each([
  [{ cancel: 'soon' }, '--cancel is "soon"'],
  [{ at: 'here' }, '--at is "here"'],
  [{ say: ['yes'] }, '--say is "yes"'],
])('%j is refused in words', (given, words) => {
  expect(() => requestOf('w', undefined, { ...NOTHING, ...given })).toThrow(Refusal);
  expect(() => requestOf('w', undefined, { ...NOTHING, ...given })).toThrow(words);
});

test('an event that is no envelope is refused by its fields', () => {
  expect(() => requestOf('w', { type: 'gunshot.detected' }, NOTHING)).toThrow(/event\.(specversion|id|source)/);
});

test('the words name who is sent, who is not and why, who is asked, and that nothing was done', async () => {
  const request = requestOf('gunfire-response', undefined, { ...NOTHING, slow: ['turnCameras'], refuse: ['releasePrediction'] });
  const words = inWords(await simulateHere(gunfireResponse, request, NOW, ['council-authorisation']));
  for (const said of [
    'RB-OFFICER-02 for sendPatrols, 292 m',
    'sendDrone (DRONE_DISPATCH): ',
    'surveillance-technology-authorisation (BLOCKING',
    'watch_commander for releasePrediction',
    'COMPLETED, degraded',
    'Nothing was started, held or told.',
  ])
    expect(words).toContain(said);
});
