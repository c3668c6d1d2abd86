import type { Fact } from '../../contracts/policy.ts';
import type { Role } from '../../contracts/vocabulary.ts';
import type { law } from './law.ts';
import type { oversight } from './oversight.ts';
import type { scene } from './scene.ts';

type Word = Fact['value'][string];

/** What a field may be replaced by: one of these words, or a smaller whole number, down to this. */
export type Replacement = readonly Word[] | { readonly below: true; readonly least: number };

/** What two persons may do to a fact of a kind. Neither way may end in a permission that no authority gave. */
export interface OverrideRule {
  /** `yes`, `no`, or only while a field says one of these. */
  readonly withdraw: 'yes' | 'no' | Readonly<Record<string, readonly Word[]>>;
  readonly replace: Readonly<Record<string, Replacement>>;
  /** Both persons hold one of these. */
  readonly by: readonly Role[];
  /** One of the two holds this. */
  readonly inCharge?: Role;
  /** Hours for which it may be withdrawn at most: what is lifted comes back by itself. */
  readonly mostHours?: number;
  readonly why: string;
}

const COMMAND: readonly Role[] = ['supervisor', 'watch_commander', 'incident_commander', 'chief', 'em_director'];
const HEADS: readonly Role[] = ['watch_commander', 'chief', 'em_director'];

/** It allows: without it SWOE does less. Nobody but its authority says anything else in its place. */
const allows = (why: string, more: Partial<OverrideRule> = {}): OverrideRule => ({
  withdraw: 'yes',
  replace: {},
  by: COMMAND,
  why,
  ...more,
});

/** It holds SWOE back, and nobody whom it holds back takes that away. */
const keeps = (why: string, more: Partial<OverrideRule> = {}): OverrideRule => ({ withdraw: 'no', replace: {}, by: COMMAND, why, ...more });

const COURT = 'A court’s word is taken back where the court did; only a court gives another.';
const ATTESTED =
  'Whoever attested it may have erred, and without it the action is refused. A person’s attestation is an event under their own name.';
const AMBER = 'A criterion that is not met must not stand; one that is met is attested by whoever saw it.';

/** Every kind. A kind that is not here does not compile. */
export const overrideRules: Readonly<Record<keyof typeof law | keyof typeof scene | keyof typeof oversight, OverrideRule>> = {
  exigency: allows(ATTESTED),
  warrant: allows(COURT),
  'council-authorisation': allows('The council’s word holds for the whole city: so it takes a head to say that it was repealed.', {
    by: HEADS,
  }),
  'airframe-approval': allows('An airframe may be struck off the state’s list at any hour.'),
  'crowd-authorisation': allows('The agency head’s writing may be withdrawn; only the agency head writes another.'),
  'declared-emergency': allows('A declaration may be ended; only the authority declares.', { by: HEADS }),
  'crime-nexus': allows(ATTESTED),
  'gang-nexus': allows(ATTESTED),
  case: allows('A case may have been closed or mistaken for another.'),
  deconfliction: allows('A clearance given in error puts two operations into one place; withdrawn, it is asked for again.'),
  'evidence-custody': allows(
    'Custody that is wrong keeps evidence from being passed on, so it may go; a hold is ended by whoever placed it, and anybody may place one.',
    { withdraw: { hold: [false] }, replace: { hold: [true] } },
  ),
  'broadcast-authority': allows('Without it nothing is broadcast; only the authority lends itself.', { by: HEADS }),
  airspace: {
    withdraw: 'yes',
    replace: { status: ['closed'] },
    by: ['remote_pilot', ...HEADS],
    inCharge: 'remote_pilot',
    mostHours: 12,
    why: 'A closure that is over grounds a drone somebody’s life may hang on. The remote pilot answers for the flight, so the pilot is one of the two, and the closure comes back by itself. Anybody of them may close.',
  },
  'violence-observed': allows(ATTESTED),
  'offence-tier': keeps(
    'It says how far SWOE may look into lives. Without it the incident’s priority would stand for it, which may allow more; so it is lowered, and not taken away.',
    { replace: { tier: { below: true, least: 1 } } },
  ),
  'sensitive-place': keeps('What it asks for is a notice to the public, which costs nothing where the place turns out to be another.'),
  'premise-hazard': keeps(
    'Where there is none, officers stage for a minute too long; where there is one, it is their lives. CAD mends its own record.',
  ),
  juvenile: keeps('It hides a child. Nobody unmasks one by hand; anybody may say that there is one.', { replace: { involved: [true] } }),
  'ic-declaration': allows('Who declared it may have been mistaken for the incident commander.'),
  'vehicle-confirmation': allows('Nobody moves on a record that is not active; that it is active only its own agency says.', {
    replace: { status: ['cleared', 'unknown'] },
  }),
  'plate-verified': allows('The comparison may have been of another picture; a second one is made by a person, as an event.'),
  'amber-child': allows(AMBER),
  'amber-abduction': allows(AMBER),
  'amber-danger': allows(AMBER),
  'amber-description': allows(AMBER),
  'amber-recommendation': allows(AMBER),
  documentation: allows('Documentation of another incident closes this one wrongly; it is written anew.'),
  duty: allows('Somebody who went home must answer nothing. That somebody came on duty, or is not off, the roster says.', {
    withdraw: { status: ['on'] },
    replace: { status: ['off'] },
  }),
  sop: keeps('Without the procedure in force nobody is asked where a run departs from it. The department puts another into force.'),
  'moral-verdict': allows(
    'What an AI source says may always be taken away. It is asked anew, and a person decides meanwhile unless danger is imminent.',
    {
      by: HEADS,
      mostHours: 24,
    },
  ),
  'guardian-review': keeps('A complaint is held open by those who watch over SWOE. Those who are watched do not close it.'),
  'district-ratio': keeps('A figure about those who act: they do not correct it themselves.'),
};

export const ruleOf = (kind: string): OverrideRule | undefined =>
  Object.hasOwn(overrideRules, kind) ? overrideRules[kind as keyof typeof overrideRules] : undefined;
