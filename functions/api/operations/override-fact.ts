import { ulid } from 'ulid';
import type { FactOverride } from '../../../shared/contracts/fact.ts';
import type { Entry } from '../../../shared/contracts/journal.ts';
import type { OwnBus } from '../../../shared/lambda/bus.ts';
import { iso } from '../../../shared/lambda/ids.ts';
import type { Runtime } from '../../../shared/lambda/runtime.ts';
import { ruleOf } from '../../../shared/policy/kinds/overrides.ts';
import { said } from '../../../shared/policy/live-facts.ts';
import { notAllowed, rolesLacking } from '../../../shared/policy/may-override.ts';
import { hasEnded, isAboutSame, isAbove } from '../../../shared/policy/override.ts';
import type { ExecutionsStore } from '../../../shared/stores/executions.ts';
import type { FactsStore } from '../../../shared/stores/facts.ts';
import type { JournalStore } from '../../../shared/stores/journal.ts';
import { isGoing } from '../../../shared/stores/lifecycle.ts';
import { actingRole, type Caller } from '../caller.ts';
import { incidentIn, type KnownDeps, namesOf } from '../known-facts.ts';
import type { Ask, Perform } from '../operation.ts';
import { conflict, created, forbidden, invalidFields, type Refusal } from '../reply.ts';
import { type FactFound, findFact, noFact } from './facts.ts';

interface LookDeps extends KnownDeps {
  readonly facts: FactsStore;
  readonly clock: Runtime['clock'];
}

interface Deps extends LookDeps {
  readonly journal: JournalStore;
  readonly executions: Pick<ExecutionsStore, 'runsOn'>;
  readonly bus: OwnBus;
  readonly runtime: Pick<Runtime, 'random'>;
}

type Override = Ask<'overrideFact'>;

/** What stands over the fact now, the newest last. */
const inForce = ({ fact, stated }: FactFound, now: number): FactOverride[] =>
  stated.overrides
    .filter((one) => isAboutSame(one, fact) && !isAbove(fact, one) && !hasEnded(one, now))
    .sort((a, b) => (a.id < b.id ? -1 : 1));

const untilOf = ({ body: { until } }: Override): string | undefined => (until === 'for-good' ? undefined : iso(Date.parse(until)));

/** Whether a withdrawal would last longer than the one that stands; none lasts longer than for good. */
const isLonger = (until: string | undefined, than: string | undefined): boolean =>
  than !== undefined && (until === undefined || until > than);

/** Why there is nothing here to override: what does not count need not be kept from counting. A withdrawal may be made longer. */
const idle = (found: FactFound, ask: Override, now: number): Refusal | undefined => {
  const { standing, override } = found.view;
  if (standing === 'live') return undefined;
  if (standing === 'withdrawn') {
    const withdrawn = inForce(found, now).filter(({ action }) => action === 'withdraw');
    if (ask.body.action === 'withdraw' && withdrawn.every((one) => isLonger(untilOf(ask), one.until))) return undefined;
    return conflict(`It is withdrawn already, under ${override}; only a longer time may be given to that`);
  }
  return conflict(`It does not count: it is ${standing}`);
};

/** Why this may not be, as far as it can be told with these persons. */
const refusal = (found: FactFound, ask: Override, persons: readonly Pick<Caller, 'roles'>[], now: number): Refusal | undefined => {
  const { kind } = found.fact;
  const rule = ruleOf(kind);
  const stands = idle(found, ask, now);
  if (stands) return stands;
  const wrong = notAllowed(found.view, rule, ask.body, now);
  if (wrong) return wrong.path === 'action' ? conflict(wrong.says) : invalidFields([{ path: wrong.path, message: wrong.says }]);
  const lacking =
    rule &&
    rolesLacking(
      rule,
      ask.body,
      persons.map(({ roles }) => roles),
    );
  return lacking ? forbidden(`For a fact of kind "${kind}", ${lacking}`) : undefined;
};

/** What can be told before a second person is asked. */
export const overrideAhead =
  (deps: LookDeps) =>
  async (ask: Override): Promise<Refusal | undefined> => {
    const id = ask.params['id'] ?? '';
    const found = await findFact(deps, id);
    return found ? refusal(found, ask, [ask.caller], deps.clock.now()) : noFact(id);
  };

/** Whether this person may be the second for this fact; what else stands against it shows when it is done. */
export const maySecond =
  (deps: LookDeps) =>
  async (ask: Override, second: Pick<Caller, 'roles'>): Promise<Refusal | undefined> => {
    const found = await findFact(deps, ask.params['id'] ?? '');
    const rule = found && ruleOf(found.fact.kind);
    const lacking = rule && rolesLacking(rule, ask.body, [ask.caller.roles, second.roles]);
    return lacking ? forbidden(`For a fact of kind "${found.fact.kind}", ${lacking}`) : undefined;
  };

const overrideOf = ({ fact }: FactFound, ask: Override, at: number, random: Runtime['random']): FactOverride => {
  const { body, caller, role, second } = ask;
  if (!second) throw new Error('A fact is overridden by two persons, and only one has spoken');
  const by = ruleOf(fact.kind)?.by ?? [];
  const until = untilOf(ask);
  return {
    id: ulid(at, random),
    subject: fact.subject,
    kind: fact.kind,
    source: fact.source,
    eventKey: fact.eventKey,
    words: said(fact),
    action: body.action,
    ...(body.value ? { value: body.value } : {}),
    at: iso(at),
    ...(until === undefined ? {} : { until }),
    reason: body.reason,
    by: caller.sub,
    role: actingRole(caller, by) ?? role,
    confirmedBy: second.sub,
    confirmedRole: actingRole(second, by) ?? role,
  };
};

const entryOf = ({ words: _, id, ...override }: FactOverride): Entry => ({
  kind: override.action === 'withdraw' ? 'fact.withdrawn' : 'fact.overridden',
  actor: `person/${override.by}`,
  incidentId: incidentIn(override.subject),
  data: { overrideId: id, ...override },
});

/** Runs that go on under the fact's incident put what they ask on the facts as they are now. */
const lookAnew = async (deps: Deps, { id, subject }: FactOverride): Promise<void> => {
  const incidents = (await namesOf(deps, subject)).flatMap((name) => incidentIn(name) ?? []);
  const runs = await deps.executions.runsOn(incidents);
  const words = runs
    .filter(isGoing)
    .map((run) => ({ type: 'workflow.updated', detail: { executionId: run.id, eventKey: `override#${id}` } }));
  await deps.bus.announce(...words);
};

/** The same words of the same two persons, done by an earlier call that died before it had told everybody. */
const doneBefore = (found: FactFound, ask: Override, now: number): FactOverride | undefined =>
  inForce(found, now).find(
    ({ action, by, confirmedBy, reason, until }) =>
      action === ask.body.action &&
      by === ask.caller.sub &&
      confirmedBy === ask.second?.sub &&
      reason === ask.body.reason &&
      until === untilOf(ask),
  );

/**
 * What two persons say of a fact stands from the moment their word is in the journal: whoever reads the fact reads both. It holds to it that
 * the fact is as it was looked at.
 */
export const overrideFact =
  (deps: Deps): Perform<'overrideFact'> =>
  async (ask) => {
    const { facts, journal, clock, runtime } = deps;
    const id = ask.params['id'] ?? '';
    const found = await findFact(deps, id);
    if (!found) return noFact(id);
    const now = clock.now();
    const earlier = doneBefore(found, ask, now);
    const refused = earlier ? undefined : refusal(found, ask, [ask.caller, ...(ask.second ? [ask.second] : [])], now);
    if (refused) return refused;
    const override = earlier ?? overrideOf(found, ask, now, runtime.random);
    if (!earlier) {
      const done = await journal.commit(
        incidentIn(override.subject) ?? override.subject,
        [entryOf(override)],
        [facts.override(override), facts.unchanged(found.fact)],
      );
      if (!done.ok) return conflict('Its source said something else of it in this moment: look at it again');
    }
    await lookAnew(deps, override);
    return created(override);
  };
