import type { JointOperation } from '../../contracts/joint.ts';
import type { Entry } from '../../contracts/journal.ts';
import { partnerOf } from '../sharing/partners.ts';
import { type Parties, participants } from './in-force.ts';
import type { Change, Speaker } from './operation.ts';

/** What people of a participating agency see from then on, by the names that the record has for it. */
const OPENED = ['incident', 'events', 'runs', 'units', 'questions'];

type Pair = readonly [agency: string, incidentId: string];

/** Which agencies see which incidents once its time has begun. */
const opened = (operation: JointOperation | undefined, parties: Parties, now: number): Pair[] =>
  operation === undefined
    ? []
    : participants(operation, parties, Math.max(now, Date.parse(operation.from))).flatMap((agency) =>
        operation.incidents.map((incidentId): Pair => [agency, incidentId]),
      );

/** That an incident is told to another agency as a participant (28 CFR 23.20(f)). */
export const disseminated = (
  operation: Pick<JointOperation, 'id' | 'name'>,
  [recipient, incidentId]: Pair,
  agreement: string,
  actor: string,
  fields: readonly string[] = OPENED,
): Entry => ({
  kind: 'dissemination.recorded',
  actor,
  incidentId,
  data: { recipient, agreement, purpose: `joint operation ${operation.name}`, word: 'told', fields, operationId: operation.id },
});

/** A record for each incident that is opened to each agency of others by this change, and was not before. */
const openings = (
  now: JointOperation,
  was: JointOperation | undefined,
  { parties, now: at }: Pick<Speaker, 'parties' | 'now'>,
  actor: string,
): Entry[] => {
  const before = new Set(opened(was, parties, at).map(String));
  return opened(now, parties, at)
    .filter((pair) => !before.has(String(pair)))
    .flatMap((pair) => {
      const partner = partnerOf(parties.partners, pair[0], at);
      return partner ? [disseminated(now, pair, partner.agreement.id, actor)] : [];
    });
};

/** Who is told of it: whoever is asked into it, or was until now. */
const concerned = (now: JointOperation, was: JointOperation): string[] => [
  ...new Set([was, now].flatMap(({ agencies }) => agencies.filter(({ state }) => state !== 'LEFT').map(({ agency }) => agency))),
];

/** What the journal says of a change of an operation: the change itself, for everybody whom it concerns, and what is opened to whom by it. */
export const entriesOf = (
  { now, changes }: { readonly now: JointOperation; readonly changes: readonly Change[] },
  { was = now, by }: { readonly was?: JointOperation | undefined; readonly by: Speaker | { readonly actor: string } },
): Entry[] => {
  const isPerson = 'sub' in by;
  const actor = isPerson ? `person/${by.sub}` : by.actor;
  const about = { operationId: now.id, name: now.name, lead: now.lead, agencies: concerned(now, was) };
  const said = isPerson ? { agency: by.agency, reason: by.reason } : {};
  const told = changes.map(({ kind, data }): Entry => ({ kind, actor, data: { ...about, ...said, ...data } }));
  return isPerson ? [...told, ...openings(now, was === now ? undefined : was, by, actor)] : told;
};
