import * as z from 'zod';
import { ActionType } from './vocabulary.ts';

/**
 * What `POST /policy/check` is asked: would this action of a workflow be allowed now? `action` alone is judged by what the workflow lists,
 * `step` by what that step says besides; `arguments` stand beside, or in place of, the step's own. Judged on stored facts, as if nobody had said yes.
 */
export const PolicyCheckRequest = z
  .strictObject({
    workflow: z.string().min(1).max(60),
    action: z.enum([...ActionType.options, 'START_WORKFLOW']).optional(),
    step: z.string().min(1).max(60).optional(),
    incidentId: z.string().min(1).max(64).optional(),
    arguments: z.record(z.string().max(60), z.unknown()).default({}),
  })
  .refine(({ action, step }) => (action === undefined) !== (step === undefined), {
    path: ['action'],
    message: 'Name an action or a step, one of the two',
  });
export type PolicyCheckRequest = z.infer<typeof PolicyCheckRequest>;

/** Why a clause is judged at a step: it always is, the workflow lists it, or the step does. */
const Why = z.enum(['always', 'workflow', 'step']);

/** Where a clause binds. `step` is absent where it is about whether the workflow starts at all. */
export const PolicyBinding = z.object({
  clause: z.string(),
  type: z.string(),
  severity: z.string(),
  always: z.boolean(),
  workflows: z.array(
    z.object({
      workflow: z.string(),
      version: z.int(),
      at: z.array(z.object({ step: z.string().optional(), action: z.string(), why: Why })),
    }),
  ),
});
export type PolicyBinding = z.infer<typeof PolicyBinding>;

/**
 * Decisions of a window, counted: by verdict, and for each clause how often it objected and what was decided then. With `next` there are more
 * decisions in the window than were read; the figures of all its pages add up.
 */
export const PolicyCompliance = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  decisions: z.int(),
  verdicts: z.record(z.string(), z.int()),
  clauses: z.record(z.string(), z.object({ objections: z.int(), verdicts: z.record(z.string(), z.int()) })),
  next: z.string().optional(),
});
export type PolicyCompliance = z.infer<typeof PolicyCompliance>;
