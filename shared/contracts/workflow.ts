import * as z from 'zod';
import { ActionType, Priority, ResourceType, Role, Severity, TriggerKind } from './vocabulary.ts';

/** An EventBridge event pattern over a `NormalizedDetail`. */
export const Pattern = z.record(z.string(), z.unknown());
export type Pattern = z.infer<typeof Pattern>;

export const Trigger = z.object({ kind: TriggerKind, pattern: Pattern.optional(), why: z.string().optional() });
export type Trigger = z.infer<typeof Trigger>;

/** fail: the run fails and is compensated. degrade: the run goes on and says what is missing. hold: a human decides. */
export const OnFailure = z.enum(['fail', 'degrade', 'hold']);
export type OnFailure = z.infer<typeof OnFailure>;

/** auto: a machine may undo it. human: only a named person. never: it cannot or must not be undone. */
export const Undo = z.enum(['auto', 'human', 'never']);
export type Undo = z.infer<typeof Undo>;

export const Needs = z.partialRecord(ResourceType, z.int().min(1).max(50));
export type Needs = z.infer<typeof Needs>;

/** One task. `within` is seconds from dispatch to the subsystem's reply. Values in `with` may be JSONata in `{% … %}` over `$states.input`. */
export const Step = z.object({
  kind: z.literal('step'),
  name: z.string().regex(/^[a-z][A-Za-z0-9]{0,59}$/),
  action: ActionType,
  with: z.record(z.string(), z.unknown()).default({}),
  needs: Needs.default({}),
  within: z.number().positive(),
  retries: z.int().min(0).max(5).default(0),
  onFailure: OnFailure,
  undo: Undo,
  guardrails: z.array(z.string()).default([]),
  legalBasis: z.string().optional(),
});
export type Step = z.infer<typeof Step>;

/** Waits for a person in the role `ask`. Silence past `within` seconds refuses, or escalates to the next in `escalateTo` on the same clock, then refuses. */
export const Approval = z.object({
  kind: z.literal('approval'),
  name: z.string().regex(/^[a-z][A-Za-z0-9]{0,59}$/),
  ask: Role,
  question: z.string(),
  within: z.number().positive(),
  onSilence: z.enum(['refuse', 'escalate']),
  escalateTo: z.array(Role).default([]),
  // biome-ignore lint/suspicious/noThenProperty: `then` is the language's word, and nobody awaits a node
  get then(): z.ZodArray<typeof Node> {
    return z.array(Node);
  },
});
export type Approval = z.infer<typeof Approval>;

export const Parallel = z.object({
  kind: z.literal('parallel'),
  name: z.string().regex(/^[a-z][A-Za-z0-9]{0,59}$/),
  get branches(): z.ZodRecord<z.ZodString, z.ZodArray<typeof Node>> {
    return z.record(z.string(), z.array(Node));
  },
});
export type Parallel = z.infer<typeof Parallel>;

export const Node = z.discriminatedUnion('kind', [Step, Approval, Parallel]);
export type Node = z.infer<typeof Node>;

/** A response as data. `timeout` is seconds; `on` says what starts it; `inputs` what it cannot run without. */
export const Workflow = z.object({
  name: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  title: z.string(),
  version: z.int().min(1),
  purpose: z.string(),
  priority: Priority,
  timeout: z.number().positive(),
  on: z.array(Trigger),
  inputs: z.array(z.enum(['location', 'incidentId', 'reason'])),
  guardrails: z.array(z.string()),
  steps: z.array(Node),
});
export type Workflow = z.infer<typeof Workflow>;

/** One clause of the guardrails, as its annotations tell it. */
export const Clause = z.object({ id: z.string(), type: z.string(), severity: Severity, citation: z.string(), refusal: z.string() });
export type Clause = z.infer<typeof Clause>;
