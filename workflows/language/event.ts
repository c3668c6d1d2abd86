import type { Category, Priority, Source } from '../../shared/contracts/vocabulary.ts';
import type { Pattern, Trigger } from '../../shared/contracts/workflow.ts';

/** EventBridge's numeric matcher. */
export interface Numeric {
  readonly numeric: readonly ['>=', number];
}

export const atLeast = (bound: number): Numeric => ({ numeric: ['>=', bound] });

type OneOrMore<T> = T | readonly T[];

/** What an event must be. Everything named must hold; name two triggers for "or". */
export interface EventTest {
  readonly type: OneOrMore<string>;
  readonly source?: OneOrMore<Source>;
  readonly category?: OneOrMore<Category>;
  readonly priority?: OneOrMore<Priority>;
  readonly confidence?: Numeric;
  readonly threatLevel?: Numeric;
  /** Sources of the incident that do not depend on each other, this event's included. */
  readonly independentSources?: Numeric;
  /** A person has not called it wrong: `data.reviewed` is true or absent. */
  readonly notRejected?: true;
  /** Fields of the event's own data, each with EventBridge's matchers: `{ severity: [{ numeric: ['>=', 3] }] }`. */
  readonly data?: Readonly<Record<string, readonly unknown[]>>;
  readonly why?: string;
}

const list = (value: OneOrMore<string> | undefined): readonly string[] | undefined => (typeof value === 'string' ? [value] : value);

const given = (pattern: Record<string, unknown>): Pattern =>
  Object.fromEntries(Object.entries(pattern).filter(([, value]) => value !== undefined));

/** A trigger on events: an EventBridge pattern over the detail of `event.normalized`. EventBridge has no "not false", so it is spelled out. */
export const event = (test: EventTest): Trigger => ({
  kind: 'EVENT',
  pattern: given({
    type: list(test.type),
    source: list(test.source),
    category: list(test.category),
    priority: list(test.priority),
    confidence: test.confidence && [test.confidence],
    threatLevel: test.threatLevel && [test.threatLevel],
    incident: test.independentSources && { independentSources: [test.independentSources] },
    data:
      test.notRejected || test.data
        ? { ...test.data, ...(test.notRejected ? { reviewed: [true, null, { exists: false }] } : {}) }
        : undefined,
  }),
  ...(test.why ? { why: test.why } : {}),
});

/** A person may start it from the console. */
export const manual = (why: string): Trigger => ({ kind: 'MANUAL', why });

/** A person's own tool may start it over REST. */
export const api = (why: string): Trigger => ({ kind: 'API', why });

/** What an incident's fused state must be. Facts are those of authoritative sources, by kind; an empty test asks that somebody attests it. */
export interface ConditionTest {
  readonly type?: OneOrMore<string>;
  readonly category?: OneOrMore<Category>;
  readonly priority?: OneOrMore<Priority>;
  readonly events?: Numeric;
  readonly independentSources?: Numeric;
  readonly facts?: Readonly<Record<string, Readonly<Record<string, readonly unknown[]>>>>;
  readonly why?: string;
}

/** EventBridge knows whether a field is there, not whether an object is; a fact that somebody attests says by whom. */
const attested = (facts: ConditionTest['facts']) =>
  facts &&
  Object.fromEntries(Object.entries(facts).map(([kind, test]) => [kind, Object.keys(test).length > 0 ? test : { by: [{ exists: true }] }]));

/** A trigger on what an incident has become, looked at with each event and each fact about it. */
export const condition = (test: ConditionTest): Trigger => ({
  kind: 'CONDITION',
  pattern: given({
    type: list(test.type),
    category: list(test.category),
    priority: list(test.priority),
    events: test.events && [test.events],
    independentSources: test.independentSources && [test.independentSources],
    facts: attested(test.facts),
  }),
  ...(test.why ? { why: test.why } : {}),
});

/** A trigger on the end of another workflow: `pattern` is over the detail of its `workflow.completed` (status, degraded, outcomes). */
export const chain = (after: string, pattern: Pattern, why: string): Trigger => ({ kind: 'CHAIN', after, pattern, why });

/** A trigger by the clock, in EventBridge Scheduler's words, on the city's own time. */
export const schedule = (at: `cron(${string})` | `rate(${string})`, why: string): Trigger => ({
  kind: 'SCHEDULE',
  at,
  timezone: 'America/New_York',
  why,
});
