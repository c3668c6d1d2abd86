import { HOUR, MIN, placeless, type Scenario, told } from './scenario.ts';

export const persons: readonly Scenario[] = [
  {
    title: 'A missing person and what a neighbouring agency has of her',
    why: 'Name and date of birth agree, four hours later: two identifiers are enough.',
    tries: ['ENTITY_ID'],
    incidents: {
      missing: [
        told('dispatch', 'missing-person.reported', 0, [0, 0, 100], { entities: ['person-name=Maria Lopez', 'person-dob=1951-03-02'] }),
        placeless('partner_agency', 'missing-person.sighted', 4 * HOUR, { entities: ['person-name=MARIA LOPEZ', 'person-dob=1951-03-02'] }),
      ],
    },
  },
  {
    title: 'Two missing men called John Smith',
    why: 'A name is not a person.',
    tries: ['ENTITY_ID', 'COMPOSITE'],
    incidents: {
      one: [placeless('dispatch', 'missing-person.reported', 0, { entities: ['person-name=John Smith'] })],
      other: [placeless('dispatch', 'missing-person.reported', HOUR, { entities: ['person-name=John Smith'] })],
    },
  },
  {
    title: 'Father and son: one name, one telephone, two dates of birth',
    why: 'Two identifiers agree and a third rules it out.',
    tries: ['ENTITY_ID'],
    incidents: {
      father: [
        placeless('dispatch', 'missing-person.reported', 0, {
          entities: ['person-name=Luis Ortega', 'person-phone=561-555-0161', 'person-dob=1949-07-30'],
        }),
      ],
      son: [
        placeless('dispatch', 'crisis.escalated', 2 * HOUR, {
          entities: ['person-name=Luis Ortega', 'person-phone=561-555-0161', 'person-dob=1984-01-12'],
        }),
      ],
    },
  },
  {
    title: 'The same woman under her maiden name',
    why: 'Licence and date of birth agree; the name contradicts, is shown, and does not part them.',
    tries: ['ENTITY_ID'],
    incidents: {
      missing: [
        placeless('dispatch', 'missing-person.reported', 0, {
          entities: ['person-name=Ana Cruz', 'person-dob=1979-11-05', 'person-dl=C620-001-79-905-0'],
        }),
        placeless('partner_agency', 'missing-person.sighted', HOUR, {
          entities: ['person-name=Ana Belmont', 'person-dob=1979-11-05', 'person-dl=C620001799050'],
        }),
      ],
    },
  },
  {
    title: 'One man is robbed in the morning and crashes in the evening',
    why: 'The same person twice in a day; nothing ties the robbery to the crash.',
    tries: ['ENTITY_ID'],
    incidents: {
      robbery: [told('dispatch', 'call.robbery', 0, [0, 0, 20], { entities: ['person-name=Omar Haddad', 'person-dob=1990-05-05'] })],
      crash: [
        told('dispatch', 'call.traffic', 8 * HOUR, [4000, 0, 30], { entities: ['person-name=Omar Haddad', 'person-dob=1990-05-05'] }),
      ],
    },
  },
  {
    title: 'A face that a camera is sure of, and nothing else',
    why: 'One identifier, and the kind that is wrong most harmfully.',
    tries: ['ENTITY_ID', 'COMPOSITE'],
    incidents: {
      missing: [placeless('dispatch', 'missing-person.reported', 0, { entities: ['person-biometric=B-7712', 'person-name=Ida Noe'] })],
      face: [told('cctv_network', 'person.sighted', 2 * HOUR, [3000, 0, 10], { entities: ['person-biometric=B-7712'] })],
    },
  },
  {
    title: 'A caller rings again, from the tower’s other side',
    why: 'The same telephone, spelled differently, six minutes later about the same prowler.',
    tries: ['ENTITY_ID'],
    incidents: {
      prowler: [
        told('dispatch', 'call.suspicious', 0, [0, 0, 1200], { entities: ['phone=+1 (561) 555-0134'] }),
        told('dispatch', 'call.suspicious', 6 * MIN, [1500, 700, 1200], { entities: ['phone=561.555.0134'] }),
      ],
    },
  },
  {
    title: 'One telephone, two matters, three hours apart',
    why: 'In the morning a stray dog, at noon a chest pain.',
    tries: ['ENTITY_ID'],
    incidents: {
      dog: [told('dispatch', 'call.animal', 0, [0, 0, 20], { entities: ['phone=561-555-0140'] })],
      pain: [told('dispatch', 'call.medical', 3 * HOUR, [0, 0, 20], { entities: ['phone=5615550140'] })],
    },
  },
  {
    title: 'The switchboard of a hotel',
    why: 'Guests of two rooms call through one number within ten minutes: a heart attack and a stolen watch.',
    tries: ['ENTITY_ID', 'GEOLOCATION', 'COMPOSITE'],
    incidents: {
      heart: [told('dispatch', 'call.medical', 0, [0, 0, 20], { entities: ['phone=561-555-0150', 'address=1 Ocean Dr #612'] })],
      watch: [told('dispatch', 'call.theft', 9 * MIN, [0, 0, 20], { entities: ['phone=561-555-0150', 'address=1 Ocean Dr #204'] })],
    },
  },
  {
    title: 'Calls whose number was withheld',
    why: 'Ten noughts are nobody’s telephone.',
    tries: ['ENTITY_ID'],
    incidents: {
      one: [told('dispatch', 'call.suspicious', 0, [0, 0, 50], { entities: ['phone=000-000-0000'] })],
      other: [told('dispatch', 'call.suspicious', 300, [5000, 0, 50], { entities: ['phone=0000000000'] })],
    },
  },
  {
    title: 'A text to 911, then the same telephone aloud',
    why: 'The text was taken down before anyone knew what it was about; three minutes later she can speak.',
    tries: ['ENTITY_ID'],
    incidents: {
      call: [
        told('dispatch', 'call.received', 0, [0, 0, 800], { entities: ['phone=5615550166'] }),
        told('dispatch', 'call.domestic-violence', 180, [300, 0, 40], { entities: ['phone=+1-561-555-0166'] }),
      ],
    },
  },
  {
    title: 'A score about a person, and a missing person of that name',
    why: 'A score of a machine with a name on it identifies nobody.',
    tries: ['ENTITY_ID', 'COMPOSITE'],
    incidents: {
      score: [placeless('human_stability', 'stability.scored', 0, { entities: ['person-name=Kim Tran'] })],
      missing: [
        told('dispatch', 'missing-person.reported', 1500, [0, 0, 50], { entities: ['person-name=Kim Tran', 'person-dob=2001-01-09'] }),
      ],
    },
  },
];
