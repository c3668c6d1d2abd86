import type { Category, Priority } from '../contracts/vocabulary.ts';
import { FAMILIES } from '../sources/families.ts';

const REPLIES = ['action.completed', 'action.failed', 'action.progress'];

const GRAVE: Priority = 'CRITICAL';

/** Types that are CRITICAL whoever says them. */
const GRAVE_TYPES = Object.keys(FAMILIES).filter((type) => FAMILIES[type]?.priority === GRAVE);

/** What SWOE itself says. The bus policy sees to it that only its own roles say `swoe`. */
export const own = (detailType: string, detail?: Record<string, unknown>) => ({
  source: ['swoe'],
  'detail-type': [detailType],
  ...(detail ? { detail } : {}),
});

const FROM_OUTSIDE = [{ 'anything-but': ['swoe'] }];

/** A replay of the archive must not dispatch a second time. */
const said = { source: FROM_OUTSIDE, 'replay-name': [{ exists: false }] };

/** A subsystem's word on what it was asked. */
export const replies = { source: FROM_OUTSIDE, 'detail-type': REPLIES };

const notGraveByType = [{ 'anything-but': [...REPLIES, ...GRAVE_TYPES] }];

export const graveByType = { ...said, 'detail-type': GRAVE_TYPES };

/** By what its producer calls it. A priority's number is not looked at: see docs/routing.md. */
export const calledGrave = { ...said, 'detail-type': notGraveByType, detail: { data: { priority: [GRAVE] } } };

/** Exactly what the two above leave, replies apart. */
export const notGrave = {
  ...said,
  'detail-type': notGraveByType,
  detail: { data: { priority: [{ 'anything-but': [GRAVE] }, { exists: false }] } },
};

/** What happened, and not what a unit, a subsystem or a fact is. */
export const HAPPENINGS = [{ 'anything-but': { prefix: ['unit.', 'subsystem.', 'fact.'] } }];

export const grave = own('event.normalized', { priority: [GRAVE], type: HAPPENINGS });

export const ordinary = (category: readonly Category[]) =>
  own('event.normalized', { priority: [{ 'anything-but': [GRAVE] }], category: [...category], type: HAPPENINGS });
