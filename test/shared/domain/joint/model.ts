import fc from 'fast-check';
import type { Committed, JointOperation } from '../../../../shared/contracts/joint.ts';
import { act, type JointWord, overAt } from '../../../../shared/domain/joint/operation.ts';
import { iso } from '../../../../shared/lambda/ids.ts';
import { agreement } from '../../../support/agreement.ts';

export const START = Date.UTC(2026, 10, 22, 17);
export const HOURS = 3_600_000;
/** The sheriff's agreement runs out while operations may still be going on. */
export const ENDS = START + 20 * HOURS;

export const AGENCIES = ['police', 'fire', 'sheriff', 'port'] as const;
export const parties = {
  ours: ['police', 'fire'],
  partners: [
    { id: 'sheriff', agreement: agreement({}, { until: iso(ENDS) }) },
    { id: 'port', agreement: agreement({}, { id: 'MOU-2' }) },
  ],
};

export const INCIDENTS = ['i1', 'i2', 'i3'] as const;
/** Each agency's two units. */
export const UNITS = AGENCIES.flatMap((agency) => [1, 2].map((n) => ({ id: `${agency}.${n}`, agency })));

export const declared = (more: Partial<JointOperation> = {}): JointOperation => ({
  id: 'op',
  name: 'Marina',
  reason: 'a boat',
  lead: 'police',
  declaredBy: 'police-chief',
  declaredAt: iso(START),
  agencies: [
    { agency: 'police', state: 'ACCEPTED' },
    { agency: 'fire', state: 'INVITED' },
    { agency: 'sheriff', state: 'INVITED' },
  ],
  incidents: ['i1'],
  objectives: ['find it'],
  from: iso(START),
  until: iso(START + 12 * HOURS),
  period: 1,
  command: [],
  units: [],
  revision: 1,
  ...more,
});

export interface Said {
  readonly word: JointWord;
  readonly agency: string;
  readonly sub: string;
  /** Hours that pass before it is said. */
  readonly after: number;
}

const unit = fc.constantFrom(...UNITS);
const committed = ({ id, agency }: { id: string; agency: string }): Committed => ({ id, agency, type: 'BOAT', since: iso(START) });

const accept = fc.record({ do: fc.constant('accept' as const), command: fc.constant([]) });
const seat = fc.record({
  person: fc.constantFrom('ann', 'bob'),
  role: fc.constantFrom('watch_commander' as const, 'chief' as const),
  position: fc.constant('incident_commander' as const),
});

/** Words that end it come seldom, so that much happens before. */
const word: fc.Arbitrary<JointWord> = fc.oneof(
  { weight: 8, arbitrary: accept },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('decline' as const) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('assign' as const),
      commit: fc.array(unit.map(committed), { maxLength: 2 }),
      withdraw: fc.constant([]),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('assign' as const), commit: fc.constant([]), withdraw: unit.map(({ id }) => [id]) }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('offer-lead' as const), to: fc.constantFrom(...AGENCIES) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('take-lead' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('name' as const), seat }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('relieve' as const), person: fc.constantFrom('ann', 'bob') }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('renew' as const),
      until: fc.integer({ min: 1, max: 60 }).map((hours) => iso(START + hours * HOURS)),
      incidents: fc.subarray([...INCIDENTS]),
      agencies: fc.subarray([...AGENCIES]),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('end' as const) }) },
);

/** Words in any order, of anybody, an agency of which has several people. */
export const words = fc.array(
  fc.record({
    word,
    agency: fc.constantFrom(...AGENCIES, 'nobody'),
    sub: fc.constantFrom('police-chief', 'second', 'third', 'fourth'),
    after: fc.oneof({ weight: 8, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 9 }) }),
  }),
  { maxLength: 40, size: 'max' },
);

/** What the words that were taken come to, kept apart from the operation itself: who has accepted, who leads, whose units are given. */
export interface Promised {
  readonly accepted: Set<string>;
  readonly given: Map<string, string>;
  lead: string;
  offered: string | undefined;
  over: boolean;
}

const keep = (so: Promised, { word: said, agency }: Said): void => {
  if (said.do === 'accept') so.accepted.add(agency);
  if (said.do === 'decline') {
    so.accepted.delete(agency);
    for (const [id, of] of so.given) if (of === agency) so.given.delete(id);
    if (so.offered === agency) so.offered = undefined;
  }
  if (said.do === 'assign') {
    for (const id of said.withdraw) so.given.delete(id);
    for (const { id } of said.commit) so.given.set(id, agency);
  }
  if (said.do === 'offer-lead') so.offered = said.to;
  if (said.do === 'take-lead') {
    so.lead = agency;
    so.offered = undefined;
  }
  if (said.do === 'end') so.over = true;
};

/** Says one thing, at its time; what was refused changes nothing. Whoever speaks commits their own agency's units alone, as the API sees to. */
export const say = (was: JointOperation, so: Promised, said: Said, now: number): JointOperation => {
  const over = overAt(was, now);
  if (over) so.over = true;
  const standing = over?.now ?? was;
  const own =
    said.word.do === 'assign' ? { ...said.word, commit: said.word.commit.filter(({ agency }) => agency === said.agency) } : said.word;
  const acted = act(standing, own, { sub: said.sub, agency: said.agency, reason: 'said so', parties, now });
  if (!acted.ok) return standing;
  keep(so, { ...said, word: own });
  if (acted.now.ended) so.over = true;
  return acted.now;
};
