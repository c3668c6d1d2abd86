import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Routed, router } from '../../shared/routing/route.ts';
import { rules } from '../../shared/routing/rules.ts';
import { FAMILIES } from '../../shared/sources/families.ts';

const lanes = router(rules.filter(({ name }) => name.startsWith('intake')));
const lanesOf = (event: Routed): string[] => lanes(event).map(({ to }) => to);

const REPLIES = ['action.completed', 'action.failed', 'action.progress'];
const type = fc.oneof(fc.constantFrom(...Object.keys(FAMILIES), ...REPLIES), fc.string());
const source = fc.oneof(fc.constantFrom('cad_system', 'swoe'), fc.string());
const scalar = fc.oneof(
  fc.constantFrom('CRITICAL', 'HIGH', 'critical', 'CRITICAL ', '1', ''),
  fc.constantFrom(0, 1, 2, -1, 1e12, 0.1234567),
  fc.boolean(),
  fc.constant(null),
  fc.string(),
  fc.double({ noNaN: true }),
);
const event = (priority: fc.Arbitrary<unknown>, detail: fc.Arbitrary<unknown>) =>
  fc
    .record({
      source,
      'detail-type': type,
      replay: fc.boolean(),
      priority: fc.option(priority, { nil: undefined }),
      detail: fc.option(detail, { nil: undefined }),
    })
    .map(
      ({ priority: said, detail: other, replay, ...head }): Routed => ({
        ...head,
        ...(replay ? { 'replay-name': 'r' } : {}),
        detail: other === undefined ? { data: said === undefined ? {} : { priority: said } } : other,
      }),
    );

const isTaken = (one: Routed): boolean =>
  one['source'] !== 'swoe' && !('replay-name' in one) && !REPLIES.includes(String(one['detail-type']));

describe('the two lanes of intake', () => {
  test('take every event that a source says exactly once, whatever its type and priority, and no other', () => {
    fc.assert(
      fc.property(event(fc.oneof(scalar, fc.dictionary(fc.string(), scalar)), fc.dictionary(fc.string(), scalar)), (one) => {
        expect(lanesOf(one)).toHaveLength(isTaken(one) ? 1 : 0);
      }),
      { numRuns: 3000 },
    );
  });

  test('lose no event however it is malformed; one with a list for a priority may come twice, as any message may', () => {
    const list = fc.array(fc.oneof(scalar, fc.array(scalar), fc.record({ priority: scalar })));
    fc.assert(
      fc.property(event(list, fc.oneof(fc.jsonValue(), fc.record({ data: fc.array(fc.record({ priority: scalar })) }))), (one) => {
        const count = lanesOf(one).length;
        expect(isTaken(one) ? count >= 1 : count === 0).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  test('are chosen by the type where its family is CRITICAL and by the producer’s word otherwise', () => {
    for (const [known, { priority }] of Object.entries(FAMILIES)) {
      const lane = priority === 'CRITICAL' ? 'ingest-critical' : 'ingest';
      expect(lanesOf({ source: 'cad_system', 'detail-type': known, detail: { data: { priority: 'LOW' } } })).toEqual([lane]);
      expect(lanesOf({ source: 'cad_system', 'detail-type': known, detail: { data: { priority: 'CRITICAL' } } })).toEqual([
        'ingest-critical',
      ]);
    }
  });
});
