import type { NormalizedDetail } from '../contracts/event.ts';
import type { WorkflowEnded } from '../contracts/run-events.ts';
import type { Trigger, Workflow } from '../contracts/workflow.ts';
import { compilePattern } from '../pattern/index.ts';

type Test = (detail: object) => boolean;

/** For each workflow that has such a trigger, whether a detail fits one of them. */
const matchers = (workflows: readonly Workflow[], testsOf: (trigger: Trigger) => Test[]): ((detail: object) => Workflow[]) => {
  const all = workflows.map((workflow) => ({ workflow, tests: workflow.on.flatMap(testsOf) }));
  return (detail) => all.filter(({ tests }) => tests.some((test) => test(detail))).map(({ workflow }) => workflow);
};

const fits = (pattern: Record<string, unknown>): Test => {
  const compiled = compilePattern(pattern);
  return (detail) => compiled.matches(detail);
};

/** Workflows whose EVENT triggers an event meets, by EventBridge patterns over the normalised event. */
export const matching = (workflows: readonly Workflow[]): ((event: NormalizedDetail) => Workflow[]) =>
  matchers(workflows, (trigger) => (trigger.kind === 'EVENT' && trigger.pattern ? [fits(trigger.pattern)] : []));

/** What an event's `event.fused` entry in the journal says of it. */
export type Sketch = Pick<NormalizedDetail, 'type' | 'category' | 'priority' | 'source'>;
const SKETCHED: readonly string[] = ['type', 'category', 'priority', 'source'] satisfies (keyof Sketch)[];

/** Whether an event may start some workflow, as far as its sketch tells: where it may not, the event need not be read. */
export const couldStart = (workflows: readonly Workflow[]): ((event: Sketch) => boolean) => {
  const any = matchers(workflows, (trigger) => {
    if (trigger.kind !== 'EVENT' || !trigger.pattern) return [];
    const known = Object.entries(trigger.pattern).filter(([field]) => SKETCHED.includes(field));
    return [known.length > 0 ? fits(Object.fromEntries(known)) : () => true];
  });
  return (event) => any(event).length > 0;
};

/** Workflows that follow another's end, by patterns over the detail that told it. */
export const following = (workflows: readonly Workflow[]): ((ended: WorkflowEnded) => Workflow[]) =>
  matchers(workflows, (trigger) => {
    if (trigger.kind !== 'CHAIN') return [];
    const { after, pattern } = trigger;
    const test = Object.keys(pattern).length === 0 ? () => true : fits(pattern);
    return [(ended) => (ended as WorkflowEnded).workflow === after && test(ended)];
  });
