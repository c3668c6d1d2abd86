import type { FusionRule } from '../rule.ts';

const MIN = 60_000;
const HOUR = 60 * MIN;
const DAY = 24 * HOUR;

/** Kinds that identify a person, each by itself too little. */
const PERSON = { windowMs: DAY, between: 'related' } as const;

export const sameEntity: FusionRule = {
  name: 'same-entity',
  strategy: 'ENTITY_ID',
  says: 'Both name one thing that has one meaning: a number of CAD, a case, a plate, a telephone, a unit that is itself in trouble; or a person by two identifiers.',
  why:
    'Numbers of records mean one incident by design, however long and far it goes: a pursuit stays one across the city. A plate or a telephone is in many stories, so it joins for ' +
    'half an hour, and longer only where the vehicle itself is what is looked for. A telephone joins only what can be one happening: a switchboard has many guests. A unit answers many ' +
    'calls, so it joins only where it is itself the subject. A person takes two identifiers, never a name alone, and none where date of birth, licence or number says otherwise.',
  windowMs: 30 * DAY,
  kinds: {
    'cad-incident': { windowMs: 72 * HOUR, between: 'any' },
    case: { windowMs: 30 * DAY, between: 'any' },
    pursuit: { windowMs: 12 * HOUR, between: 'any' },
    'cap-alert': { windowMs: 72 * HOUR, between: 'any' },
    quake: { windowMs: 72 * HOUR, between: 'any' },
    plate: { windowMs: 30 * MIN, longer: { families: ['vehicle', 'pursuit', 'missing'], windowMs: DAY }, between: 'any' },
    phone: { windowMs: 30 * MIN, between: 'related', unless: ['cad-incident', 'address'] },
    unit: {
      windowMs: 15 * MIN,
      between: [
        ['officer', 'officer'],
        ['officer', 'pursuit'],
        ['officer', 'stop'],
        ['pursuit', 'pursuit'],
        ['pursuit', 'stop'],
      ],
      unless: ['cad-incident'],
    },
    'person-name': PERSON,
    'person-dob': PERSON,
    'person-dl': PERSON,
    'person-ssn4': PERSON,
    'person-phone': PERSON,
    'person-plate': PERSON,
    'person-biometric': PERSON,
  },
};
