import * as z from 'zod';
import { Role, WorkflowStatus } from './vocabulary.ts';

/** What a supervisor, or someone above, asks of a run: `POST /executions/{id}/pause|resume|cancel|redrive`. */
export const ControlRequest = z.object({ reason: z.string().min(3).max(500) });
export type ControlRequest = z.infer<typeof ControlRequest>;

const control = ControlRequest.extend({ executionId: z.string(), by: z.string(), role: Role, at: z.iso.datetime(), requestId: z.string() });

/** The detail of `execution.control`, signed by the API with who asked and a request id. */
export const ExecutionControl = control.extend({ op: z.enum(['pause', 'resume', 'cancel']) });
export type ExecutionControl = z.infer<typeof ExecutionControl>;

/** The detail of `execution.redrive`. */
export const ExecutionRedrive = control;
export type ExecutionRedrive = z.infer<typeof ExecutionRedrive>;

/** The detail of `workflow.updated`: a later event of its incident changed the situation of a run. */
export const WorkflowUpdated = z.object({ executionId: z.string(), eventKey: z.string() });
export type WorkflowUpdated = z.infer<typeof WorkflowUpdated>;

/** The detail of `workflow.superseded`: this run's units and yeses go to the run `by`, and it ends. */
export const WorkflowSuperseded = z.object({ executionId: z.string(), by: z.string() });
export type WorkflowSuperseded = z.infer<typeof WorkflowSuperseded>;

/** The detail of `execution.deadline`: the one-time schedule of a run, or the sweep, says that its time is over. */
export const ExecutionDeadline = z.object({ executionId: z.string() });
export type ExecutionDeadline = z.infer<typeof ExecutionDeadline>;

/** The detail of `execution.unstarted`: the sweep found a run whose start was lost. */
export const ExecutionUnstarted = z.object({ executionId: z.string() });
export type ExecutionUnstarted = z.infer<typeof ExecutionUnstarted>;

/** The detail of `workflow.scheduled`: Scheduler's clock asks for a workflow. `at` is when the firing was due. */
export const WorkflowScheduled = z.object({ workflow: z.string(), at: z.iso.datetime() });
export type WorkflowScheduled = z.infer<typeof WorkflowScheduled>;

/** The detail of `workflow.completed`, as far as a workflow that follows needs it; its pattern sees the whole. */
export const WorkflowEnded = z.looseObject({ executionId: z.string(), workflow: z.string(), status: WorkflowStatus });
export type WorkflowEnded = z.infer<typeof WorkflowEnded>;
