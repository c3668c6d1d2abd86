import type { FactDetail, FactOverride, FactView } from '../../../shared/contracts/fact.ts';
import type { Fact } from '../../../shared/contracts/policy.ts';
import type { Clock } from '../../../shared/lambda/runtime.ts';
import { ruleOf } from '../../../shared/policy/kinds/overrides.ts';
import { countsAs, newestFirst, observedAt, said } from '../../../shared/policy/live-facts.ts';
import { inWords, mayWithdraw } from '../../../shared/policy/may-override.ts';
import { hasEnded, isAboutSame, isAbove } from '../../../shared/policy/override.ts';
import type { Stated } from '../../../shared/stores/facts.ts';
import type { JournalStore } from '../../../shared/stores/journal.ts';
import { decodeCursor, encodeCursor } from '../../../shared/stores/table.ts';
import type { ReadDay, ReadPage } from '../days.ts';
import { byTime, factId, type KnownDeps, namesOf, subjectIn, viewsOf } from '../known-facts.ts';
import type { Ask, Perform } from '../operation.ts';
import { byDay, byKey, filtered } from '../pages.ts';
import { notFound, ok, type Refusal } from '../reply.ts';
import { noteReading } from './audit.ts';

interface Deps extends KnownDeps {
  readonly journal: JournalStore;
  readonly clock: Clock;
}

type Query = Ask<'listFacts'>['query'];

const fits =
  ({ kind, standing }: Query) =>
  (fact: FactView): boolean =>
    (kind === undefined || fact.kind === kind) && (standing === undefined || fact.standing === standing);

/** A place in the list of one subject, as a text that sorts as the list does. */
const placeOf = ({ recordedAt, id }: FactView): string => `${recordedAt} ${id}`;

/** Everything about these subjects, which are one under several names. */
const about =
  (deps: Deps, subjects: readonly string[]): ReadPage<FactView> =>
  async ({ limit, cursor }) => {
    const from = cursor === undefined ? undefined : String(decodeCursor(cursor)?.['from']);
    const all = viewsOf(await deps.facts.stated(subjects), deps.clock.now()).sort(byTime);
    const left = all.filter((fact) => from === undefined || placeOf(fact) <= from);
    const more = left[limit];
    return { items: left.slice(0, limit), ...(more ? { next: encodeCursor({ from: placeOf(more) }) } : {}) };
  };

/** Facts of one day, each as it stands with everything else that is known of its subject. */
const ofDay =
  (deps: Deps): ReadDay<FactView> =>
  async (day, page) => {
    const { items, next } = await deps.facts.ofDay(day, page);
    const subjects = [...new Set(items.map(({ subject }) => subject))];
    const known = await Promise.all(
      subjects.map(async (subject) => viewsOf(await deps.facts.stated(await namesOf(deps, subject)), deps.clock.now())),
    );
    const byId = new Map(known.flat().map((view) => [view.id, view]));
    return { items: items.flatMap((fact) => byId.get(factId(fact)) ?? []), ...(next ? { next } : {}) };
  };

/** Facts as they stand; whoever reads them is written down, as of the audit. */
export const listFacts =
  (deps: Deps): Perform<'listFacts'> =>
  async ({ query, caller }) => {
    const subject = query.subject ?? (query.incidentId === undefined ? undefined : `incident/${query.incidentId}`);
    const keep = fits(query);
    const list = subject
      ? await byKey(query, filtered(about(deps, await namesOf(deps, subject)), keep))
      : await byDay(query, deps.clock.now(), (day, page) => filtered((inner) => ofDay(deps)(day, inner), keep)(page));
    if (!list.ok) return list.reply;
    await noteReading(deps, caller, query, 'facts');
    return ok(list.page);
  };

export const noFact = (id: string): Refusal => notFound(`There is no fact ${id.slice(0, 100)}, or it has run out; GET /facts lists them`);

/** One fact as it stands, as its source said it, and everything that was said of its subject. */
export interface FactFound {
  readonly view: FactView;
  readonly fact: Fact;
  readonly stated: Stated;
}

export const findFact = async (deps: KnownDeps & { clock: Clock }, id: string): Promise<FactFound | undefined> => {
  const subject = subjectIn(id);
  if (subject === undefined) return undefined;
  const stated = await deps.facts.stated(await namesOf(deps, subject));
  const view = viewsOf(stated, deps.clock.now()).find((one) => one.id === id);
  const fact = stated.facts.find((one) => factId(one) === id);
  return view && fact && { view, fact, stated };
};

/** The same said again: in the same words, or of a kind of which the newest word counts, in any. */
const isSame = (a: Fact, b: Fact): boolean =>
  a.kind === b.kind && (countsAs(a.kind) === 'latest' || (a.source === b.source && said(a) === said(b)));

const withState = (override: FactOverride, statements: readonly Fact[], now: number): FactDetail['overrides'][number] => {
  const above = statements.find((one) => isAbove(one, override));
  if (above) return { ...override, state: 'superseded', supersededBy: { eventKey: above.eventKey, observedAt: observedAt(above) } };
  return { ...override, state: hasEnded(override, now) ? 'over' : 'stands' };
};

const mayOf = (view: FactView): FactDetail['may'] => {
  const rule = ruleOf(view.kind);
  if (!rule) return { withdraw: false, replace: {}, by: [], why: `No fact of kind "${view.kind}" counts for anything.` };
  const { by, inCharge, mostHours, why, replace } = rule;
  const fields = Object.fromEntries(Object.entries(replace).map(([name, one]) => [name, inWords(one)]));
  return { withdraw: mayWithdraw(view, rule), replace: fields, by: [...by], inCharge, mostHours, why };
};

/** One fact with its history. */
export const getFact =
  (deps: Deps): Perform<'getFact'> =>
  async ({ params: { id = '' }, caller }) => {
    const found = await findFact(deps, id);
    if (!found) return noFact(id);
    const { view, fact, stated } = found;
    const statements = stated.facts.filter((one) => isSame(one, fact)).sort((a, b) => newestFirst(b, a));
    const overrides = stated.overrides.filter((one) => isAboutSame(one, fact)).sort((a, b) => (a.id < b.id ? -1 : 1));
    await noteReading(deps, caller, { id }, 'fact');
    const now = deps.clock.now();
    return ok({ ...view, may: mayOf(view), statements, overrides: overrides.map((one) => withState(one, statements, now)) });
  };
