import { type Committed, type JointOperation, LONGEST_PERIOD_MS, type Participant, type Seat } from '../../contracts/joint.ts';
import type { JournalKind } from '../../contracts/journal.ts';
import { iso } from '../../lambda/ids.ts';
import { acceptedBy, carries, isParty, type Parties, stateOf } from './in-force.ts';

/** What somebody asks of an operation. */
export type JointWord =
  | { readonly do: 'accept'; readonly command: readonly Seat[] }
  | { readonly do: 'decline' }
  | { readonly do: 'assign'; readonly commit: readonly Committed[]; readonly withdraw: readonly string[] }
  | { readonly do: 'name'; readonly seat: Seat }
  | { readonly do: 'relieve'; readonly person: string }
  | { readonly do: 'offer-lead'; readonly to: string }
  | { readonly do: 'take-lead' }
  | {
      readonly do: 'renew';
      readonly until: string;
      readonly objectives?: readonly string[] | undefined;
      readonly incidents: readonly string[];
      readonly agencies: readonly string[];
    }
  | { readonly do: 'end' };

/** Who says it, for which agency and why, and at what time (ms); `parties` are as the stage has them. */
export interface Speaker {
  readonly sub: string;
  readonly agency: string;
  readonly reason: string;
  readonly parties: Parties;
  readonly now: number;
}

type Kind = Extract<JournalKind, `joint.${string}`>;

/** One thing that is so from now on. */
export interface Change {
  readonly kind: Kind;
  readonly data: Readonly<Record<string, unknown>>;
}

export type Acted =
  | { readonly ok: true; readonly now: JointOperation; readonly changes: readonly Change[] }
  | { readonly ok: false; readonly why: 'conflict' | 'forbidden'; readonly says: string };

type Act<W> = (was: JointOperation, word: W, by: Speaker) => Acted;
type Of<D extends JointWord['do']> = Extract<JointWord, { do: D }>;

const refuse = (why: 'conflict' | 'forbidden', says: string): Acted => ({ ok: false, why, says });
const done = (was: JointOperation, set: Partial<JointOperation>, ...changes: Change[]): Acted => ({
  ok: true,
  now: { ...was, ...set, revision: was.revision + 1 },
  changes,
});

const standing = ({ agencies }: JointOperation, { agency, sub, now }: Speaker, state: Participant['state']): Participant[] =>
  agencies.map((one) => (one.agency === agency ? { agency, state, by: sub, at: iso(now) } : one));

/** Seats of one agency beside those of the others; a person has one. */
const seated = ({ command }: JointOperation, agency: string, seats: readonly Seat[]): JointOperation['command'] => [
  ...command.filter(({ agency: of, person }) => of !== agency || !seats.some((seat) => seat.person === person)),
  ...seats.map((seat) => ({ ...seat, agency })),
];

const accept: Act<Of<'accept'>> = (was, { command }, by) => {
  const state = stateOf(was, by.agency);
  if (state === 'ACCEPTED') return refuse('conflict', `${by.agency} has accepted already`);
  if (by.sub === was.declaredBy)
    return refuse('forbidden', 'Whoever declared the operation does not accept it as well: somebody else of the agency does');
  if (!isParty(by.parties, by.agency, by.now)) return refuse('forbidden', `No agreement with ${by.agency} is in force`);
  const seats = command.map(({ person, role }) => ({ person, role }));
  return done(
    was,
    { agencies: standing(was, by, 'ACCEPTED'), command: seated(was, by.agency, command) },
    { kind: 'joint.accepted', data: { command: seats } },
  );
};

/** Without an agency: its seats, its units and an offer of the lead go with it. */
const without = (was: JointOperation, by: Speaker, state: 'DECLINED' | 'LEFT'): Partial<JointOperation> => ({
  agencies: standing(was, by, state),
  command: was.command.filter(({ agency }) => agency !== by.agency),
  units: was.units.filter(({ agency }) => agency !== by.agency),
  leadOfferedTo: was.leadOfferedTo === by.agency ? undefined : was.leadOfferedTo,
});

const decline: Act<Of<'decline'>> = (was, _, by) => {
  if (stateOf(was, by.agency) === 'INVITED') return done(was, without(was, by, 'DECLINED'), { kind: 'joint.declined', data: {} });
  if (stateOf(was, by.agency) !== 'ACCEPTED') return refuse('conflict', `${by.agency} takes no part`);
  if (was.lead === by.agency) return refuse('conflict', 'The lead agency leaves by handing the lead over, or ends the operation');
  const left = without(was, by, 'LEFT');
  const change: Change = {
    kind: 'joint.left',
    data: { units: was.units.filter(({ agency }) => agency === by.agency).map(({ id }) => id) },
  };
  if (carries(was.lead, acceptedBy({ ...was, ...left }), by.parties.ours)) return done(was, left, change);
  const why = 'fewer than two agencies are left, or none of ours';
  return done(was, { ...left, ended: { at: iso(by.now), by: by.sub, why } }, change, { kind: 'joint.ended', data: { why } });
};

const assign: Act<Of<'assign'>> = (was, { commit, withdraw }, by) => {
  const own = was.units.filter(({ agency }) => agency === by.agency).map(({ id }) => id);
  const strange = withdraw.find((id) => !own.includes(id));
  if (strange) return refuse('conflict', `${strange} is not a unit that ${by.agency} has committed`);
  const kept = was.units.filter(({ id }) => !withdraw.includes(id) && !commit.some((unit) => unit.id === id));
  const fresh = commit.filter(({ id }) => !own.includes(id) || withdraw.includes(id)).map(({ id }) => id);
  const changes: Change[] = [
    ...(withdraw.length > 0 ? [{ kind: 'joint.withdrawn' as const, data: { units: withdraw } }] : []),
    ...(fresh.length > 0 ? [{ kind: 'joint.committed' as const, data: { units: fresh } }] : []),
  ];
  return done(was, { units: [...kept, ...commit] }, ...changes);
};

const name: Act<Of<'name'>> = (was, { seat }, by) =>
  done(was, { command: seated(was, by.agency, [seat]) }, { kind: 'joint.command-named', data: { ...seat } });

const relieve: Act<Of<'relieve'>> = (was, { person }, by) => {
  const command = was.command.filter((seat) => seat.agency !== by.agency || seat.person !== person);
  if (command.length === was.command.length) return refuse('conflict', `${by.agency} has no seat for ${person}`);
  return done(was, { command }, { kind: 'joint.command-relieved', data: { person } });
};

const offerLead: Act<Of<'offer-lead'>> = (was, { to }, by) => {
  if (was.lead !== by.agency) return refuse('forbidden', `The lead is ${was.lead}’s to hand over`);
  if (to === was.lead || stateOf(was, to) !== 'ACCEPTED') return refuse('conflict', `${to} is no other agency that has accepted`);
  return done(was, { leadOfferedTo: to }, { kind: 'joint.lead-offered', data: { to } });
};

const takeLead: Act<Of<'take-lead'>> = (was, _, by) => {
  if (was.leadOfferedTo !== by.agency) return refuse('conflict', `The lead is not offered to ${by.agency}`);
  if (!isParty(by.parties, by.agency, by.now)) return refuse('forbidden', `No agreement with ${by.agency} is in force`);
  return done(was, { lead: by.agency, leadOfferedTo: undefined }, { kind: 'joint.lead-taken', data: { from: was.lead } });
};

/** Why a period cannot last until then, or undefined. */
export const periodRefusal = (from: number, until: number, now: number): string | undefined => {
  if (until <= now || until <= from) return 'It would be over before it began: say a later until';
  return until - Math.max(from, now) > LONGEST_PERIOD_MS ? 'One operational period lasts 72 hours at most: renew it then' : undefined;
};

const added = (have: readonly string[], more: readonly string[]): string[] => [...new Set(more)].filter((one) => !have.includes(one));

const renew: Act<Of<'renew'>> = (was, { until, objectives, incidents, agencies }, by) => {
  if (was.lead !== by.agency) return refuse('forbidden', `A new operational period is ${was.lead}’s to begin, which leads`);
  const late = periodRefusal(Date.parse(was.from), Date.parse(until), by.now);
  if (late) return refuse('conflict', late);
  const known = was.agencies.filter(({ state }) => state !== 'LEFT' && state !== 'DECLINED').map(({ agency }) => agency);
  const [more, asked] = [added(was.incidents, incidents), added(known, agencies)];
  // Incidents are this installation's: whom else they are opened to is not for a guest to say.
  if (more.length + asked.length > 0 && !by.parties.ours.includes(by.agency))
    return refuse('forbidden', 'Incidents and agencies are added by an agency that this installation serves');
  if (was.incidents.length + more.length > 40 || known.length + asked.length > 10)
    return refuse('conflict', 'One operation holds 40 incidents and 10 agencies at most: declare another');
  const invited = asked.map((agency): Participant => ({ agency, state: 'INVITED' }));
  return done(
    was,
    {
      until,
      period: was.period + 1,
      objectives: objectives ? [...objectives] : was.objectives,
      incidents: [...was.incidents, ...more],
      agencies: [...was.agencies.filter(({ agency }) => !asked.includes(agency)), ...invited],
    },
    { kind: 'joint.renewed', data: { until, period: was.period + 1, incidents: more, invited: asked } },
  );
};

const end: Act<Of<'end'>> = (was, _, by) =>
  was.lead === by.agency
    ? done(was, { ended: { at: iso(by.now), by: by.sub, why: by.reason } }, { kind: 'joint.ended', data: { why: by.reason } })
    : refuse('forbidden', `${was.lead} leads and ends it; your agency leaves with decline`);

const ACTS: { readonly [D in JointWord['do']]: Act<Of<D>> } = {
  accept,
  decline,
  assign,
  name,
  relieve,
  'offer-lead': offerLead,
  'take-lead': takeLead,
  renew,
  end,
};

/** Words of an agency that was asked and has not accepted, or has declined and thinks better of it. */
const BEFORE_ACCEPTING: readonly JointWord['do'][] = ['accept', 'decline'];

/**
 * What a word makes of an operation, and what the journal says of it, or why it is refused. Whoever speaks does so for their own agency and for
 * no other; what is ended stays as it was. Pure.
 */
export const act = (was: JointOperation, word: JointWord, by: Speaker): Acted => {
  if (was.ended) return refuse('conflict', `It ended at ${was.ended.at}: ${was.ended.why}`);
  if (Date.parse(was.until) <= by.now) return refuse('conflict', `Its time was over at ${was.until}`);
  const state = stateOf(was, by.agency);
  if (state === undefined || state === 'LEFT') return refuse('forbidden', `${by.agency} is not asked to take part`);
  if (state !== 'ACCEPTED' && !BEFORE_ACCEPTING.includes(word.do)) return refuse('conflict', `${by.agency} has not accepted`);
  return (ACTS[word.do] as Act<JointWord>)(was, word, by);
};

/** The operation as its time is over; undefined where it is not. `now` is ms. */
export const overAt = (was: JointOperation, now: number): { now: JointOperation; changes: readonly Change[] } | undefined => {
  if (was.ended || now < Date.parse(was.until)) return undefined;
  const why = 'its time is over';
  return {
    now: { ...was, revision: was.revision + 1, ended: { at: iso(now), by: 'system/sweep', why } },
    changes: [{ kind: 'joint.ended', data: { why } }],
  };
};
