import { exigency, fact, standing, warrant } from '../given.ts';
import { by, ofCity, type Pair, situation, under } from './pair.ts';

const clause = 'florida-drone-statute';
const fly = under(clause);
const basis = (letter: string): string => `FS 934.50(4)(${letter})`;
const crowd = (people: number) => by('public_guardian', 'crowd-authorisation', { by: 'chief', people, policy: 'GO-934' });
const unlisted = (action: Parameters<typeof fly>[0], told: Parameters<typeof fly>[1]) => {
  const request = fly(action, told);
  return { ...request, facts: request.facts.filter(({ kind }) => kind !== 'airframe-approval') };
};

/** Fla. Stat. 934.50, paragraph by paragraph, and the council's word on drones. */
export const drones: readonly Pair[] = [
  {
    clause: 'airspace',
    fine: 'a sky that is reported open',
    complies: situation('DRONE_DISPATCH', { facts: [by('drone_ops', 'airspace', { status: 'open' })] }),
    wrong: 'a closure',
    breaks: situation('DRONE_DISPATCH', { facts: [by('drone_ops', 'airspace', { status: 'closed' })] }),
  },
  {
    clause: 'airspace',
    fine: 'nothing said of the sky',
    complies: situation('DRONE_DISPATCH'),
    wrong: 'one word of closure beside one that it is open',
    breaks: situation('DRONE_DISPATCH', {
      facts: [
        by('drone_ops', 'airspace', { status: 'open' }, 'drone_ops#a'),
        by('drone_ops', 'airspace', { status: 'temporary restriction' }, 'drone_ops#b'),
      ],
    }),
  },
  {
    clause,
    fine: 'an airframe on the state list',
    complies: fly('DRONE_DISPATCH', { basis: basis('c'), facts: [exigency] }),
    wrong: 'an airframe that nobody approved',
    breaks: unlisted('DRONE_DISPATCH', { basis: basis('c'), facts: [exigency] }),
  },
  {
    clause,
    fine: 'a step that names its exception',
    complies: fly('DRONE_DISPATCH', { basis: basis('c'), facts: [exigency, ...standing] }),
    wrong: 'a step that names none',
    breaks: fly('DRONE_DISPATCH', { facts: [exigency] }),
  },
  {
    clause,
    fine: '(b) with a warrant that names the aircraft',
    complies: fly('DRONE_DISPATCH', { basis: basis('b'), facts: [warrant({ scope: 'the yard', means: 'drone' })] }),
    wrong: '(b) with a warrant that names other means',
    breaks: fly('DRONE_DISPATCH', { basis: basis('b'), facts: [warrant({ scope: 'aerial views', means: 'helicopter' })] }),
  },
  {
    clause,
    fine: '(b) with a warrant for aerial imaging',
    complies: fly('DRONE_DISPATCH', { basis: basis('b'), facts: [warrant()] }),
    wrong: '(b) with an exigency in its place',
    breaks: fly('DRONE_DISPATCH', { basis: basis('b'), facts: [exigency] }),
  },
  {
    clause,
    fine: '(c) with a basis that the paragraph names',
    complies: fly('DRONE_DISPATCH', { basis: basis('c'), facts: [exigency] }),
    wrong: '(c) with another',
    breaks: fly('DRONE_DISPATCH', { basis: basis('c'), facts: [fact('exigency', { basis: 'curiosity', by: 'dispatch' })] }),
  },
  {
    clause,
    fine: '(d) over fifty people, authorised in writing',
    complies: fly('DRONE_DISPATCH', { basis: basis('d'), args: { purpose: 'crowd-overview' }, facts: [crowd(50)] }),
    wrong: '(d) over forty-nine',
    breaks: fly('DRONE_DISPATCH', { basis: basis('d'), args: { purpose: 'crowd-overview' }, facts: [crowd(49)] }),
  },
  {
    clause,
    fine: '(e) for traffic at a crash',
    complies: fly('DRONE_DISPATCH', { basis: basis('e'), args: { purpose: 'scene-overview' }, incident: { type: 'traffic.blocked' } }),
    wrong: '(e) at a gunshot',
    breaks: fly('DRONE_DISPATCH', { basis: basis('e'), args: { purpose: 'scene-overview' } }),
  },
  {
    clause,
    fine: '(f) for evidence at a crash scene',
    complies: fly('DRONE_DISPATCH', { basis: basis('f'), args: { purpose: 'crash-mapping' }, incident: { type: 'crash.fatal' } }),
    wrong: '(f) where no crime is attested',
    breaks: fly('DRONE_DISPATCH', { basis: basis('f'), args: { purpose: 'crash-mapping' }, incident: { type: 'call.noise' } }),
  },
  {
    clause,
    fine: '(g) in a declared emergency',
    complies: fly('DRONE_DISPATCH', {
      basis: basis('g'),
      args: { purpose: 'damage-survey' },
      facts: [ofCity('declared-emergency', { by: 'county commission', number: '2026-11' }, 'emergency_mgmt')],
    }),
    wrong: '(g) on a warning of the weather service alone',
    breaks: fly('DRONE_DISPATCH', { basis: basis('g'), args: { purpose: 'damage-survey' }, incident: { type: 'weather.alert' } }),
  },
  {
    clause,
    fine: '(c) in imminent danger',
    complies: fly('DRONE_DISPATCH', { basis: basis('c'), facts: [exigency] }),
    wrong: '(a), for which nobody speaks',
    breaks: fly('DRONE_DISPATCH', { basis: basis('a'), facts: [exigency, warrant(), crowd(500)] }),
  },
];
