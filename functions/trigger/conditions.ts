import type { Incident, IncidentState } from '../../shared/contracts/incident.ts';
import type { Fact } from '../../shared/contracts/policy.ts';
import type { Pattern, Workflow } from '../../shared/contracts/workflow.ts';
import { independentSources } from '../../shared/domain/independent.ts';
import { compilePattern } from '../../shared/pattern/index.ts';
import { hasAuthority } from '../../shared/policy/kinds.ts';

type Head = Omit<IncidentState, 'facts'>;
type Test<T> = (state: T) => boolean;

interface Watched {
  readonly workflow: Workflow;
  /** What can be told without reading a fact, and what needs them all; a workflow is wanted where both hold for one of its triggers. */
  readonly tests: readonly { readonly head: Test<Head>; readonly facts?: Test<IncidentState> }[];
}

const isEmpty = (value: unknown): boolean => value instanceof Object && Object.keys(value).length === 0;

const testOf = (pattern: Pattern): Test<object> => {
  if (isEmpty(pattern)) return () => true;
  const compiled = compilePattern(pattern);
  return (state) => compiled.matches(state);
};

/** An empty test of a kind asks only that there is such a fact, which a pattern cannot say. */
const factsTest = (wanted: Record<string, Pattern>): Test<IncidentState> => {
  const kinds = Object.keys(wanted);
  const fits = testOf(Object.fromEntries(Object.entries(wanted).filter(([, test]) => !isEmpty(test))));
  return ({ facts }) => kinds.every((kind) => Object.hasOwn(facts, kind)) && fits(facts);
};

const watched = (workflow: Workflow): Watched[] => {
  const tests = workflow.on.flatMap((trigger) => {
    if (trigger.kind !== 'CONDITION') return [];
    const { facts, ...head } = trigger.pattern as Pattern & { facts?: Record<string, Pattern> };
    return [{ head: testOf(head), ...(facts ? { facts: factsTest(facts) } : {}) }];
  });
  return tests.length > 0 ? [{ workflow, tests }] : [];
};

export const headOf = ({ type, category, priority, agency, sources, events }: Incident): Head => ({
  type,
  category,
  priority,
  agency,
  sources,
  independentSources: independentSources(sources),
  events,
});

/** The live facts that those with the authority for them stated, by kind; of several of a kind the one that lives longest. */
export const factsByKind = (facts: readonly Fact[], now: number): IncidentState['facts'] =>
  Object.fromEntries(
    facts
      .filter((fact) => Date.parse(fact.expiresAt) > now && hasAuthority(fact))
      .sort((a, b) => (a.expiresAt === b.expiresAt ? (a.eventKey < b.eventKey ? -1 : 1) : a.expiresAt < b.expiresAt ? -1 : 1))
      .map(({ kind, value }) => [kind, value]),
  );

/**
 * Workflows whose CONDITION an incident's state meets. `facts` is called, once, only where the rest of some condition holds: most events
 * concern an incident that no condition looks at.
 */
export const conditions = (workflows: readonly Workflow[]) => {
  const all = workflows.flatMap(watched);
  return {
    /** Whether any workflow has a condition at all. */
    any: all.length > 0,
    met: async (
      incident: Incident,
      facts: () => Promise<IncidentState['facts']>,
    ): Promise<{ workflow: Workflow; state: IncidentState }[]> => {
      const head = headOf(incident);
      const near = all
        .map(({ workflow, tests }) => ({ workflow, tests: tests.filter((test) => test.head(head)) }))
        .filter(({ tests }) => tests.length > 0);
      if (near.length === 0) return [];
      const known = near.some(({ tests }) => tests.some((test) => test.facts)) ? await facts() : {};
      const state = { ...head, facts: known };
      return near.flatMap(({ workflow, tests }) => (tests.some((test) => test.facts?.(state) ?? true) ? [{ workflow, state }] : []));
    },
  };
};
