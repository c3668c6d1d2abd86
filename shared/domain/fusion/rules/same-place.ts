import type { FusionRule } from '../rule.ts';

const MIN = 60_000;

/** What a neighbourhood tells of one happening: how long and how far apart its reports are, and how long and far it goes on. */
export const samePlace: FusionRule = {
  name: 'same-place',
  strategy: 'GEOLOCATION',
  says: 'The same kind of thing, within minutes, and no further apart than such a thing reaches plus the error of both places, 500 m at the most.',
  why:
    'Who hears a shot hears it streets away and calls where they are; a patient is where they lie. So each matter has its own reach: wide where a street can witness it, a few steps where ' +
    'only a household can. Both error radii are added, because either may be the one that is wrong, and capped, because two vague places would meet anywhere. Where a call-taker has ' +
    'looked and CAD keeps two numbers, or two flats are named, they are two; a patient is given a minute only, because the second of two who are taken for one is left alone. But a street that hears shots opens many numbers, so there they do not count.',
  windowMs: 5 * MIN,
  distance: { baseM: 100, limitM: 500, vagueM: 1000 },
  against: ['cad-incident', 'address'],
  matters: [
    { families: ['gunfire', 'fireworks'], baseM: 150, public: true, span: { durationMs: 30 * MIN, metres: 800 } },
    { families: ['fire', 'fire-alarm'], baseM: 100, public: true, span: { durationMs: 60 * MIN, metres: 800 } },
    { families: ['traffic'], baseM: 75 },
    { families: ['gas', 'hazmat'], windowMs: 10 * MIN, baseM: 120, public: true, span: { durationMs: 90 * MIN, metres: 1000 } },
    { families: ['flood'], windowMs: 10 * MIN, baseM: 100, public: true, span: { durationMs: 90 * MIN, metres: 1000 } },
    { families: ['violence', 'unrest'], windowMs: 10 * MIN, baseM: 100, span: { durationMs: 120 * MIN, metres: 1000 } },
    { families: ['officer'], baseM: 100 },
    { families: ['school'], baseM: 100 },
    { families: ['gang'], baseM: 100 },
    { families: ['robbery'], baseM: 50 },
    { families: ['burglary'], windowMs: 10 * MIN, baseM: 50 },
    { families: ['domestic'], windowMs: 10 * MIN, baseM: 20 },
    { families: ['crisis'], windowMs: 10 * MIN, baseM: 30 },
    { families: ['medical'], windowMs: MIN, baseM: 20 },
    { families: ['mass-casualty'], windowMs: 30 * MIN, baseM: 200, public: true, span: { durationMs: 12 * 60 * MIN, metres: 1500 } },
  ],
  notCategories: ['PREDICTIVE', 'SYSTEM', 'COMPLIANCE', 'GOVERNANCE'],
  span: { durationMs: 30 * MIN, metres: 600 },
};
