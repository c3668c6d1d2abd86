import * as z from 'zod';
import { qualities } from './resource-allocation.ts';
import { ActionType, Priority, ResourceType, Role, Severity } from './vocabulary.ts';

/** An EventBridge event pattern: over a `NormalizedDetail`, an `IncidentState`, or the detail of a `workflow.*` event. */
export const Pattern = z.record(z.string(), z.unknown());
export type Pattern = z.infer<typeof Pattern>;

const why = z.string().optional();
const WorkflowName = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);

/**
 * What starts a workflow. EVENT: a normalised event fits `pattern`. CONDITION: an incident's fused state (`IncidentState`) fits it, looked
 * at with each event or fact about the incident. CHAIN: another workflow ended and the detail of its `workflow.completed` fits it.
 * SCHEDULE: EventBridge Scheduler's `cron(…)` or `rate(…)`. MANUAL and API: a person, or a person's tool, asks.
 */
export const Trigger = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('EVENT'), pattern: Pattern.optional(), why }),
  z.object({ kind: z.literal('CONDITION'), pattern: Pattern, why }),
  z.object({ kind: z.literal('CHAIN'), after: WorkflowName, pattern: Pattern, why }),
  z.object({ kind: z.literal('SCHEDULE'), at: z.string(), timezone: z.string().default('America/New_York'), why }),
  z.object({ kind: z.literal('MANUAL'), why }),
  z.object({ kind: z.literal('API'), why }),
]);
export type Trigger = z.infer<typeof Trigger>;

/**
 * Something a run is started with. `from` is where it stands in the normalised event (`data.weapon`); a person's request gives it by its
 * name. None holds personal data: a `reference` is an id in somebody else's records, a `code` is one of `values`.
 */
export const InputSpec = z.object({
  type: z.enum(['location', 'reference', 'code', 'number', 'flag']),
  required: z.boolean(),
  from: z.string(),
  values: z.array(z.string()).optional(),
});
export type InputSpec = z.infer<typeof InputSpec>;

/** fail: the run fails and is compensated. degrade: the run goes on and says what is missing. hold: a human decides. */
export const OnFailure = z.enum(['fail', 'degrade', 'hold']);
export type OnFailure = z.infer<typeof OnFailure>;

/** auto: a machine may undo it. human: only a named person. never: it cannot or must not be undone. */
export const Undo = z.enum(['auto', 'human', 'never']);
export type Undo = z.infer<typeof Undo>;

export const Needs = z.partialRecord(ResourceType, z.int().min(1).max(50));
export type Needs = z.infer<typeof Needs>;

const NodeName = z.string().regex(/^[a-z][A-Za-z0-9]{0,59}$/);

/** JSONata in `{% … %}` over `$states.input`; a node whose condition is not true is passed over, which is no miss. */
const Condition = z.string().regex(/^\{%[\s\S]+%\}$/, 'a condition is JSONata between {% and %}');
const when = Condition.optional();

/**
 * One task. `needs` counts its units, `requires` says what each of a type must be able to do, and `prefers` what goes first. `within` is seconds from dispatch to the subsystem's reply; `waits` how many seconds it stands in the line where too few units are
 * free, before that is a failure. Values in `with` may be JSONata in `{% … %}` over `$states.input`:
 * the machine's input, and under `said.<step>` what earlier steps' replies said, as far as the vocabulary declares it.
 */
export const Step = z.object({
  kind: z.literal('step'),
  name: NodeName,
  when,
  action: ActionType,
  with: z.record(z.string(), z.unknown()).default({}),
  needs: Needs.default({}),
  ...qualities,
  waits: z.number().positive().optional(),
  within: z.number().positive(),
  retries: z.int().min(0).max(5).default(0),
  onFailure: OnFailure,
  undo: Undo,
  guardrails: z.array(z.string()).default([]),
  legalBasis: z.string().optional(),
});
export type Step = z.infer<typeof Step>;

/**
 * Waits for a person in the role `ask` and, where `second` is given, for another person in that role as well. Silence past `within` seconds
 * refuses, or escalates to the next in `escalateTo` on the same clock, then refuses. `otherwise` runs on a no, and on silence.
 */
export const Approval = z.object({
  kind: z.literal('approval'),
  name: NodeName,
  when,
  ask: Role,
  second: Role.optional(),
  question: z.string(),
  within: z.number().positive(),
  onSilence: z.enum(['refuse', 'escalate']),
  escalateTo: z.array(Role).default([]),
  // biome-ignore lint/suspicious/noThenProperty: `then` is the language's word, and nobody awaits a node
  get then(): z.ZodArray<typeof Node> {
    return z.array(Node);
  },
  get otherwise(): z.ZodArray<typeof Node> {
    return z.array(Node);
  },
});
export type Approval = z.infer<typeof Approval>;

export const Parallel = z.object({
  kind: z.literal('parallel'),
  name: NodeName,
  when,
  get branches(): z.ZodRecord<z.ZodString, z.ZodArray<typeof Node>> {
    return z.record(z.string(), z.array(Node));
  },
});
export type Parallel = z.infer<typeof Parallel>;

/** Its nodes again and again, `every` so many seconds, at most `times` rounds, and no further round once `until` holds. */
export const Repeat = z.object({
  kind: z.literal('repeat'),
  name: NodeName,
  when,
  every: z.number().positive(),
  times: z.int().min(1).max(1000),
  until: Condition.optional(),
  get steps(): z.ZodArray<typeof Node> {
    return z.array(Node);
  },
});
export type Repeat = z.infer<typeof Repeat>;

export const Node = z.discriminatedUnion('kind', [Step, Approval, Parallel, Repeat]);
export type Node = z.infer<typeof Node>;

/**
 * A response as data. `timeout` is seconds; `on` says what starts it; `inputs` what it is started with. A published version never changes.
 * Where it starts on an incident on which one of `supersedes` runs, it takes over that run's units and approvals and ends it.
 */
export const Workflow = z.object({
  name: WorkflowName,
  title: z.string(),
  version: z.int().min(1),
  purpose: z.string(),
  priority: Priority,
  timeout: z.number().positive(),
  on: z.array(Trigger),
  inputs: z.record(z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/), InputSpec),
  supersedes: z.array(WorkflowName).default([]),
  guardrails: z.array(z.string()),
  steps: z.array(Node),
});
export type Workflow = z.infer<typeof Workflow>;

/** The nodes right below a node, wherever they stand in it. */
export const below = (node: Node): Node[] => {
  if (node.kind === 'step') return [];
  if (node.kind === 'approval') return [...node.then, ...node.otherwise];
  return node.kind === 'repeat' ? node.steps : Object.values(node.branches).flat();
};

/** Every node, in the order the file is read. */
export const flatten = (nodes: readonly Node[]): Node[] => nodes.flatMap((node) => [node, ...flatten(below(node))]);

/** Every step, however deep it stands. */
export const stepsOf = (nodes: readonly Node[]): Step[] => flatten(nodes).filter((node) => node.kind === 'step');

/** One clause of the guardrails, as its annotations tell it. */
export const Clause = z.object({ id: z.string(), type: z.string(), severity: Severity, citation: z.string(), refusal: z.string() });
export type Clause = z.infer<typeof Clause>;
