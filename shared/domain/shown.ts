import type { ApprovalRecord, Execution, Release } from '../contracts/execution.ts';
import type { Fact } from '../contracts/policy.ts';
import { stepsOf, type Workflow } from '../contracts/workflow.ts';
import { canonical, sha256 } from '../lambda/ids.ts';
import type { Clock } from '../lambda/runtime.ts';
import type { PolicyEngine } from '../policy/index.ts';
import { hasAuthority } from '../policy/kinds.ts';
import { metres } from './metres.ts';
import type { Situation } from './situation.ts';
import { situationNow } from './situation-now.ts';

export interface ShownDeps {
  policy: PolicyEngine;
  clock: Clock;
}

/** A run as it stands at this moment. */
export interface Sight {
  execution: Execution;
  situation: Situation;
  workflow: Pick<Workflow, 'guardrails' | 'steps' | 'timeout'> | undefined;
}

/** What a person is shown, and the SHA-256 over it that the answer is bound to. */
export interface Shown {
  facts: Record<string, unknown>;
  factsHash: string;
}

/** A place that is this near to the one shown (metres) is the same place: a better fix voids nobody's word. */
const SAME_PLACE_M = 50;

type Place = { lat: number; lon: number };

const rounded = ({ lat, lon }: Place): Place => ({ lat: Number(lat.toFixed(5)), lon: Number(lon.toFixed(5)) });

/** The place as it was shown, unless it is another one by now. */
const placeShown = (now: Place | undefined, before: unknown): Place | null => {
  if (!now) return null;
  const shown = before as Place | null | undefined;
  return shown && metres(shown, now) < SAME_PLACE_M ? shown : rounded(now);
};

/** Kinds of facts that the guardrails on what a yes releases read. */
const kindsRead = ({ clauses }: PolicyEngine, workflow: Sight['workflow'], releases: readonly Release[]): ReadonlySet<string> => {
  const actions = releases.map(({ action }) => action);
  const names = new Set(releases.map(({ step }) => step));
  const steps = stepsOf(workflow?.steps ?? []).filter(({ name }) => names.has(name));
  const listed = new Set([...(workflow?.guardrails ?? []), ...steps.flatMap(({ guardrails }) => guardrails)]);
  const concerned = clauses.filter(
    (clause) => (clause.always || listed.has(clause.id)) && actions.some((action) => clause.actions?.has(action) ?? true),
  );
  return new Set(concerned.flatMap(({ facts }) => facts));
};

/**
 * What the live facts say, each once: a second shot that attests the same danger changes nothing for who decides, and would void what others
 * have said in the middle of a shooting. How long a fact lives shows when it is gone.
 */
const liveAbout = (facts: readonly Fact[], incidents: readonly string[], kinds: ReadonlySet<string>, now: number): object[] => {
  const subjects = new Set(incidents.map((id) => `incident/${id}`));
  const live = facts
    .filter((fact) => kinds.has(fact.kind) && subjects.has(fact.subject) && Date.parse(fact.expiresAt) > now)
    .filter(hasAuthority)
    .map(({ kind, source, value: { until: _, ...value } }) => ({ kind, source, value }));
  const distinct = new Map(live.map((fact) => [canonical(fact), fact]));
  return [...distinct.keys()].sort().flatMap((key) => distinct.get(key) ?? []);
};

/**
 * What stands now of a question: `about` is what does not change while it stands, `before` what was shown last. The same situation gives the
 * same hash; a merge, a split, another place, another priority, or a fact that came or went gives another.
 */
export const shown =
  ({ policy, clock }: ShownDeps) =>
  (
    { execution, situation: { incident, aliases, facts, lost = [] }, workflow }: Sight,
    { releases, about, before = {} }: { releases: readonly Release[]; about: object; before?: Record<string, unknown> },
  ): Shown => {
    const incidents = [execution.incidentId, ...aliases];
    const standing = incident?.id ?? execution.incidentId;
    const all = {
      ...about,
      workflow: execution.workflow,
      incidentId: standing,
      merged: incidents.filter((id) => id !== standing).sort(),
      ...(lost.length > 0 ? { lost: [...lost].sort() } : {}),
      location: placeShown(incident?.location ?? execution.input.location, before['location']),
      sentTo: placeShown(situationNow(execution).location, before['sentTo']),
      priority: incident?.priority ?? execution.priority,
      facts: liveAbout(facts, incidents, kindsRead(policy, workflow, releases), clock.now()),
    };
    return { facts: all, factsHash: sha256(canonical({ facts: all, releases })) };
  };

/** A question's facts as they are now. */
export const shownNow =
  (deps: ShownDeps) =>
  (sight: Sight, { releases, facts }: Pick<ApprovalRecord, 'releases' | 'facts'>): Shown =>
    shown(deps)(sight, { releases, about: facts, before: facts });

/** A question as it would be put now. Where the facts are others, what was said on the old ones is void. A review is of what was done, which nothing later changes. */
export const asItStands =
  (deps: ShownDeps) =>
  (sight: Sight, asked: ApprovalRecord): ApprovalRecord => {
    if (asked.kind === 'review') return asked;
    const now = shownNow(deps)(sight, asked);
    return now.factsHash === asked.factsHash ? asked : { ...asked, ...now, voices: [] };
  };

/** Names of the facts shown that are others now, for who has to look again. */
export const changed = (was: ApprovalRecord, now: ApprovalRecord): string[] =>
  Object.keys(now.facts).filter((name) => canonical(was.facts[name]) !== canonical(now.facts[name]));
