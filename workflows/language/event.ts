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
    data: test.notRejected && { reviewed: [true, null, { exists: false }] },
  }),
  ...(test.why ? { why: test.why } : {}),
});

/** A person may start it from the console. */
export const manual = (why: string): Trigger => ({ kind: 'MANUAL', why });

/** A person's own tool may start it over REST. */
export const api = (why: string): Trigger => ({ kind: 'API', why });
