import type { NormalizedDetail } from '../contracts/event.ts';
import type { WorkflowEnded } from '../contracts/run-events.ts';
import type { Trigger, Workflow } from '../contracts/workflow.ts';
import { compilePattern, createPatternIndex, type Explanation, explain, inWords } from '../pattern/index.ts';

/** One trigger of a workflow with what its detail must fit; undefined where anything does. */
interface Waiting {
  readonly workflow: Workflow;
  readonly pattern: Record<string, unknown> | undefined;
}

/** Finds the workflows of which one trigger fits a detail, in the order they are listed. */
const finder = (workflows: readonly Workflow[], waiting: readonly Waiting[]): ((detail: object) => Workflow[]) => {
  const index = createPatternIndex<Waiting>();
  for (const one of waiting) if (one.pattern) index.add(one, compilePattern(one.pattern));
  const always = waiting.filter(({ pattern }) => pattern === undefined);
  return (detail) => {
    const found = new Set([...always, ...index.matching(detail)].map(({ workflow }) => workflow));
    return found.size === 0 ? [] : workflows.filter((workflow) => found.has(workflow));
  };
};

const patternsOf = (workflow: Workflow): Record<string, unknown>[] =>
  workflow.on.flatMap((trigger) => (trigger.kind === 'EVENT' && trigger.pattern ? [trigger.pattern] : []));

/** Workflows whose EVENT triggers an event meets, by EventBridge patterns over the normalised event. */
export const matching = (workflows: readonly Workflow[]): ((event: NormalizedDetail) => Workflow[]) =>
  finder(
    workflows,
    workflows.flatMap((workflow) => patternsOf(workflow).map((pattern) => ({ workflow, pattern }))),
  );

const isEmpty = (value: object): boolean => Object.keys(value).length === 0;

const chainsOf = (workflow: Workflow, after: string): Waiting[] =>
  workflow.on.flatMap((trigger: Trigger) =>
    trigger.kind === 'CHAIN' && trigger.after === after
      ? [{ workflow, pattern: isEmpty(trigger.pattern) ? undefined : trigger.pattern }]
      : [],
  );

/** What an event's `event.fused` entry in the journal says of it. */
export type Sketch = Pick<NormalizedDetail, 'type' | 'category' | 'priority' | 'source'>;
const SKETCHED: readonly string[] = ['type', 'category', 'priority', 'source'] satisfies (keyof Sketch)[];

/** Whether an event may start some workflow, as far as its sketch tells: where it may not, the event need not be read. */
export const couldStart = (workflows: readonly Workflow[]): ((event: Sketch) => boolean) => {
  const sketched = (pattern: Record<string, unknown>) => {
    const known = Object.entries(pattern).filter(([field]) => SKETCHED.includes(field));
    return known.length > 0 ? Object.fromEntries(known) : undefined;
  };
  const any = finder(
    workflows,
    workflows.flatMap((workflow) => patternsOf(workflow).map((pattern) => ({ workflow, pattern: sketched(pattern) }))),
  );
  return (event) => any(event).length > 0;
};

/** Workflows that follow another's end, by patterns over the detail that told it. */
export const following = (workflows: readonly Workflow[]): ((ended: WorkflowEnded) => Workflow[]) => {
  const followed = new Set(workflows.flatMap(({ on }) => on.flatMap((trigger) => (trigger.kind === 'CHAIN' ? [trigger.after] : []))));
  const finders = new Map(
    [...followed].map((after) => {
      const waiting = workflows.flatMap((workflow) => chainsOf(workflow, after));
      return [after, finder(workflows, waiting)] as const;
    }),
  );
  return (ended) => finders.get(ended.workflow)?.(ended) ?? [];
};

/** Why a workflow's EVENT triggers do not take an event: each with its judgement, and what failed in sentences. */
export interface WhyNot {
  readonly fits: boolean;
  readonly triggers: readonly Explanation[];
  readonly says: readonly string[];
}

/** What an event lacks to start a workflow; `says` is empty where it would. */
export const whyNot = (workflow: Workflow, detail: NormalizedDetail): WhyNot => {
  const triggers = patternsOf(workflow).map((pattern) => explain(pattern, detail));
  const fits = triggers.some(({ matches }) => matches);
  if (triggers.length === 0) return { fits, triggers, says: [`${workflow.name} is started by no event`] };
  return { fits, triggers, says: fits ? [] : [...new Set(triggers.flatMap(({ failed }) => failed.map(inWords)))] };
};
