import type { Fact } from '../contracts/policy.ts';
import type { ActionType, Category, Priority, Role, Source, TriggerKind } from '../contracts/vocabulary.ts';
import type { Needs } from '../contracts/workflow.ts';
import { factKind, hasAuthority } from './kinds.ts';

/** The run that an action belongs to. */
export interface RunFacts {
  readonly version: number;
  /** Seconds. */
  readonly timeoutS: number;
  readonly startedBy: TriggerKind;
  /** The answered approvals that cover the action and still hold. */
  readonly approvals: readonly { readonly step: string; readonly roles: readonly Role[]; readonly persons: readonly string[] }[];
}

/** A person's word on a question, before it counts. */
export interface AnswerFacts {
  readonly by: string;
  readonly role: Role;
  readonly asked: Role;
  readonly second?: Role;
  readonly isRequester: boolean;
  readonly hasAnswered: boolean;
}

/** What a decision is asked about. Whatever a caller claimed in `inputs` has no place here. */
export interface PolicyRequest {
  readonly workflow: string;
  readonly action: ActionType | 'START_WORKFLOW' | 'ANSWER_APPROVAL';
  readonly run?: RunFacts;
  /** For ANSWER_APPROVAL alone. */
  readonly answer?: AnswerFacts;
  readonly step?: { readonly legalBasis?: string; readonly needs?: Needs; readonly arguments?: Readonly<Record<string, unknown>> };
  /** `aliases` are ids of incidents merged into this one: their facts are its facts. */
  readonly incident: {
    readonly id: string;
    readonly aliases?: readonly string[];
    readonly type: string;
    readonly category?: Category;
    readonly priority?: Priority;
    readonly sources: readonly Source[];
    readonly independentSources: number;
    readonly openedAt?: string;
  };
  /** Stored facts as fetched; those about something else, run out, or from a source without authority are passed over. */
  readonly facts: readonly Fact[];
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
  /** Clause ids of the workflow and of the step. */
  readonly guardrails: readonly string[];
  /** The person who asked for the workflow, where one did. */
  readonly requestedBy?: string;
  /** Units in question, whose own facts count. */
  readonly resources?: readonly string[];
}

const before = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const place = ({ kind, subject, eventKey }: Fact): string => `${kind} ${subject} ${eventKey}`;
const forbids = ({ kind }: Fact): boolean => factKind(kind)?.restricts ?? true;

/** Allowing facts looked at of one kind: those that live longest. Fifty shots attest one danger. */
const ENOUGH = 6;

const byKind = (facts: readonly Fact[]): Map<string, Fact[]> => {
  const groups = new Map<string, Fact[]>();
  for (const fact of facts) groups.set(fact.kind, [...(groups.get(fact.kind) ?? []), fact]);
  return groups;
};

const enough = (facts: readonly Fact[]): Fact[] =>
  [...byKind(facts).values()].flatMap((some) =>
    [...some].sort((a, b) => before(b.expiresAt, a.expiresAt) || before(place(a), place(b))).slice(0, ENOUGH),
  );

/** The facts of these kinds that exist for this request, in a fixed order. */
export const liveFacts = ({ incident, facts, now, resources = [] }: PolicyRequest, kinds: ReadonlySet<string>): Fact[] => {
  const incidents = [incident.id, ...(incident.aliases ?? [])];
  const subjects = new Set(['city', ...incidents.map((id) => `incident/${id}`), ...resources.map((id) => `resource/${id}`)]);
  const live = facts.filter(
    (fact) =>
      kinds.has(fact.kind) && subjects.has(fact.subject) && Date.parse(fact.expiresAt) > now && hasAuthority(fact.kind, fact.source),
  );
  return [...live.filter(forbids), ...enough(live.filter((fact) => !forbids(fact)))].sort((a, b) => before(place(a), place(b)));
};

/** One fact of each kind, by kind: what a clause sees at a time. */
export type Binding = Readonly<Record<string, Fact>>;

const MOST = 256;

const bindings = (facts: readonly Fact[]): Binding[] => {
  let all: Binding[] = [{}];
  for (const [kind, some] of byKind(facts)) all = all.flatMap((binding) => some.map((fact) => ({ ...binding, [kind]: fact })));
  if (all.length > MOST) throw new Error(`more than ${MOST} combinations of live facts; let old ones expire`);
  return all;
};

/** Every way to choose facts: for each choice among those that forbid, every choice among those that allow. */
export const choices = (facts: readonly Fact[]): Binding[][] => {
  const allowing = bindings(facts.filter((fact) => !forbids(fact)));
  return bindings(facts.filter(forbids)).map((closed) => allowing.map((open) => ({ ...closed, ...open })));
};

type Plain = string | number | boolean;

/** Cedar has whole numbers only, and reads keys that begin with `__` as its own. */
const plain = (value: Fact['value']): Record<string, Plain> =>
  Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !key.startsWith('__'))
      .map(([key, one]) => [key, typeof one === 'number' && !Number.isSafeInteger(one) ? String(one) : one]),
  );

/** Cedar's context for one choice of facts. */
export const context = ({ workflow, step, incident, requestedBy }: PolicyRequest, binding: Binding) => ({
  workflow,
  requested: requestedBy !== undefined,
  ...(step?.legalBasis === undefined ? {} : { legalBasis: step.legalBasis }),
  officers: step?.needs?.OFFICER ?? 0,
  incident: { type: incident.type, sources: [...incident.sources], independentSources: incident.independentSources },
  facts: Object.fromEntries(Object.entries(binding).map(([kind, { value }]) => [kind, plain(value)])),
});
