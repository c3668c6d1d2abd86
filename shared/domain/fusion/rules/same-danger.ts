import type { FusionRule } from '../rule.ts';

const MIN = 60_000;

export const sameDanger: FusionRule = {
  name: 'same-danger',
  strategy: 'THREAT_LEVEL',
  says: 'Both are a grave danger to people (0.7 or more), of kinds that violence takes, within ten minutes and 100 m plus both errors, 500 m at the most.',
  why:
    'An officer’s cry, a gun seen by a camera, shots heard and a victim’s call are different kinds of events and one danger. Grave danger is rare: twice within ten minutes and one ' +
    'block, it is one until somebody knows better, and whoever is sent must know of all of it. What is grave but of another kind (a storm, an intrusion, a forecast) is left out. Two flats, or two numbers of CAD, are two dangers, but for what a whole street witnesses.',
  windowMs: 10 * MIN,
  distance: { baseM: 100, limitM: 500, vagueM: 1000 },
  threatAtLeast: 0.7,
  against: ['address', 'cad-incident'],
  matters: [
    // What everybody near it hears or sees is called in under several numbers.
    { families: ['gunfire', 'weapon', 'officer', 'school', 'gang', 'mass-casualty', 'unrest'], public: true },
    {
      families: [
        'gunfire',
        'weapon',
        'officer',
        'violence',
        'unrest',
        'robbery',
        'domestic',
        'school',
        'gang',
        'mass-casualty',
        'medical',
        'stop',
      ],
    },
  ],
  notCategories: ['PREDICTIVE', 'SYSTEM', 'COMPLIANCE', 'GOVERNANCE'],
  span: { durationMs: 120 * MIN, metres: 1000 },
};
