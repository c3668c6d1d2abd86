import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Correction } from '../../../shared/contracts/correction.ts';
import { Envelope, type NormalizedEvent } from '../../../shared/contracts/event.ts';
import type { Source } from '../../../shared/contracts/vocabulary.ts';
import { asCorrected, changesOf, correctionIn, isRetracted, uncorrectable } from '../../../shared/domain/correction.ts';
import { normalised } from '../../../shared/domain/normalise.ts';

const NOW = Date.UTC(2026, 10, 22, 17);
const MARINA = { lat: 26.7753, lon: -80.0581, radiusM: 25 };
const NORTH = { lat: 26.7843, lon: -80.0581, radiusM: 25 };

const envelope = (id: string, data: object, type: string) => Envelope.parse({ specversion: '1.0', id, source: 'x', type, data });
const event = (id: string, data: object, { source = 'gunshot_detection' as Source, type = 'gunshot.detected' } = {}): NormalizedEvent =>
  normalised(source, envelope(id, data, type), NOW, NOW);

const shot = event('shot-1', {
  location: MARINA,
  confidence: 0.9,
  entities: [{ kind: 'plate', id: 'ab c-12' }],
  summary: 'Two shots by the marina',
});
const correctionOf = (data: object, more = {}): Correction => {
  const read = correctionIn(event('late', { corrects: { id: 'shot-1' }, ...data }, more));
  if (!read.ok) throw new Error(read.why);
  return read.correction;
};

test('a correction changes what it says and no more', () => {
  const now = asCorrected(shot, [correctionOf({ location: NORTH })]);
  expect(now).toEqual({ ...shot, location: NORTH, flags: ['corrected'] });
});

test('a word of type event.corrected leaves the type as it is; any other type is what the event is of, with what its source usually means by it', () => {
  const only = { type: 'event.corrected' };
  expect(asCorrected(shot, [correctionOf({ confidence: 0.2 }, only)])).toMatchObject({ type: 'gunshot.detected', confidence: 0.2 });
  const noise = asCorrected(shot, [correctionOf({}, { type: 'call.noise' })]);
  expect(noise).toMatchObject({ type: 'call.noise', confidence: 0.9 });
  expect(noise.priority).not.toBe('CRITICAL');
});

test('entities that are corrected have one spelling like any others', () => {
  expect(asCorrected(shot, [correctionOf({ entities: [{ kind: 'plate', id: 'xy-99 z' }] })]).entities).toEqual([
    { kind: 'plate', id: 'XY99Z' },
  ]);
});

describe('who may correct', () => {
  const others = (source: Source) =>
    correctionIn(
      event('c', { corrects: { source: 'gunshot_detection', id: 'shot-1' }, location: NORTH }, { source, type: 'event.corrected' }),
    );
  test.each<[Source, boolean]>([
    ['gunshot_detection', true],
    ['dispatch', true],
    ['cad_system', true],
    ['partner_agency', false],
    ['predictive_intel', false],
  ])('%s: %s', (source, may) => {
    expect(others(source).ok).toBe(may);
  });
  test('whoever may not is told who may', () => {
    expect(others('partner_agency')).toMatchObject({
      path: 'data.corrects',
      why: expect.stringContaining('partner_agency may not correct an event of gunshot_detection'),
    });
  });
});

test.each<[string, object, string]>([
  ['both', { corrects: { id: 'a' }, retracts: { id: 'a' } }, 'not both'],
  ['itself', { corrects: { id: 'c' } }, 'itself'],
])('a correction of %s is refused', (_, data, reason) => {
  expect(correctionIn(event('c', data))).toMatchObject({ ok: false, why: expect.stringContaining(reason) });
});

test.each([
  ['nobody', { retracts: {} }],
  ['a source that is none', { retracts: { source: 'the moon', id: 'a' } }],
])('a correction of %s is no envelope that is taken in', (_, data) => {
  expect(() => envelope('c', data, 'event.retracted')).toThrow('retracts');
});

test('a plate that was misread and is not known can be taken away', () => {
  expect(asCorrected(shot, [correctionOf({ entities: [] })]).entities).toEqual([]);
});

test('a statement is stated anew, and a correction is not corrected', () => {
  expect(uncorrectable(event('u', {}, { source: 'dispatch', type: 'unit.status' }))).toContain('state it anew');
  expect(uncorrectable(event('c', { corrects: { id: 'a' } }))).toContain('correction itself');
  expect(uncorrectable(shot)).toBeUndefined();
});

const corrections = fc.uniqueArray(
  fc.record({
    of: fc.constant('gunshot_detection#shot-1'),
    by: fc.integer({ min: 0, max: 30 }).map((n) => `dispatch#${n}`),
    at: fc.integer({ min: 0, max: 3 }).map((n) => new Date(NOW + n * 1000).toISOString()),
    retracts: fc.boolean(),
    fields: fc.record({ confidence: fc.constantFrom(0.1, 0.5, 0.8), location: fc.constantFrom(MARINA, NORTH) }, { requiredKeys: [] }),
  }),
  { selector: ({ by }) => by, maxLength: 6 },
);

test('corrections make the same event in whatever order they come, and however often', () => {
  fc.assert(
    fc.property(corrections, fc.infiniteStream(fc.nat()), (all, dice) => {
      const mixed = all
        .map((one) => ({ one, at: dice.next().value ?? 0 }))
        .sort((a, b) => a.at - b.at)
        .map(({ one }) => one);
      expect(asCorrected(shot, mixed)).toEqual(asCorrected(shot, all));
      expect(asCorrected(asCorrected(shot, all), all)).toEqual(asCorrected(shot, all));
    }),
  );
});

test('the last word counts: a later correction takes a retraction back', () => {
  const word = (by: string, second: number, retracts: boolean): Correction => ({
    of: 'gunshot_detection#shot-1',
    by,
    at: new Date(NOW + second * 1000).toISOString(),
    retracts,
    fields: {},
  });
  expect(isRetracted(asCorrected(shot, [word('a', 1, true)]))).toBe(true);
  expect(isRetracted(asCorrected(shot, [word('b', 2, false), word('a', 1, true)]))).toBe(false);
});

test('the journal hears how far a place moved, which kinds of entities differ and that the summary did, and never what they are', () => {
  const after = asCorrected(shot, [
    correctionOf({ location: NORTH, confidence: 0.4, entities: [{ kind: 'plate', id: 'ZZ 1' }], summary: 'A backfire at 12 Ocean Drive' }),
  ]);
  const changes = changesOf(shot, after);
  expect(changes).toEqual([
    { field: 'confidence', from: 0.9, to: 0.4 },
    { field: 'location', movedM: 1001 },
    { field: 'entities', kinds: ['plate'] },
    { field: 'summary' },
  ]);
  expect(JSON.stringify(changes)).not.toMatch(/ZZ|ABC12|Ocean|26\.78/);
});
