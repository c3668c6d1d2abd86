import type { NormalizedDetail } from '../../shared/contracts/event.ts';
import type { WorkflowEnded } from '../../shared/contracts/run-events.ts';
import type { Trigger, Workflow } from '../../shared/contracts/workflow.ts';
import { compilePattern } from '../../shared/pattern/index.ts';

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

/** Workflows that follow another's end, by patterns over the detail that told it. */
export const following = (workflows: readonly Workflow[]): ((ended: WorkflowEnded) => Workflow[]) =>
  matchers(workflows, (trigger) => {
    if (trigger.kind !== 'CHAIN') return [];
    const { after, pattern } = trigger;
    const test = Object.keys(pattern).length === 0 ? () => true : fits(pattern);
    return [(ended) => (ended as WorkflowEnded).workflow === after && test(ended)];
  });
