import * as z from 'zod';
import { pageOf } from './endpoint.ts';
import { Location } from './event.ts';
import { Answer, ApprovalRecord, Execution, StepRecord } from './execution.ts';
import { Kernel } from './kernel.ts';
import { Ledger } from './ledger.ts';
import { Channel, Role, TriggerKind } from './vocabulary.ts';
import { Workflow } from './workflow.ts';

/** What is told of workflows and their runs. Task tokens are part of no answer: whoever has one can end a step. */

/** `inFlight` follows the journal a moment behind; `failedToStart` is part of the ledger's `failed`. */
export const EngineStatus = z.object({
  service: z.literal('swoe'),
  version: z.string(),
  stage: z.string(),
  now: z.iso.datetime(),
  kernel: Kernel,
  ledger: Ledger,
  inFlight: z.int(),
  failedToStart: z.int(),
  active: z.int(),
  approvalsWaiting: z.int(),
});

export const StepView = StepRecord.omit({ token: true });
export const ApprovalView = ApprovalRecord.omit({ token: true });

/** A run under way at a glance. */
export const ActiveExecution = Execution.omit({ input: true }).extend({
  summary: z.string(),
  location: Location.optional(),
  steps: z.array(StepView),
});

/** `total` counts all of them, the newest 100 are shown. */
export const ActiveExecutions = z.object({ total: z.int(), items: z.array(ActiveExecution) });

/** A run in a list: `missing` names the steps that did not do their part. */
export const ExecutionLine = Execution.omit({ input: true, situation: true, missing: true }).extend({
  summary: z.string(),
  startedBy: TriggerKind,
  missing: z.array(z.string()),
});
export const ExecutionPage = pageOf(ExecutionLine);

/** One run with what it was started with, its steps and its questions. */
export const ExecutionView = Execution.extend({ steps: z.array(StepView), approvals: z.array(ApprovalView) });

/** A workflow in a list: how many steps and approvals it has instead of what they are. */
export const WorkflowLine = Workflow.omit({ steps: true }).extend({ steps: z.int() });
export const WorkflowList = z.object({ items: z.array(WorkflowLine) });

/** `executionId` is the run that there will be, unless a guardrail or another run stands in its way. */
export const ExecutionRequested = z.object({ executionId: z.string(), requestId: z.string() });

/** A command to a run was taken on. */
export const ControlTaken = ExecutionRequested.extend({ op: z.enum(['pause', 'resume', 'cancel']) });

/** `executionId` is the new run, which takes up the run `redriveOf`. */
export const RedriveTaken = ExecutionRequested.extend({ op: z.literal('redrive'), redriveOf: z.string() });

/** A question on the facts as they are now: `lacking` are the roles whose yes is still wanted. */
export const OpenApproval = ApprovalView.extend({ lacking: z.array(Role), secondsLeft: z.int() });
export const OpenApprovals = z.object({ items: z.array(OpenApproval) });

/** A word was taken on; after a yes, `lacking` are the roles that must say it as well. */
export const AnswerTaken = z.object({ approvalId: z.string(), answer: Answer, lacking: z.array(Role) });

/** What a browser opens a WebSocket with, once, until `expiresAt`; `path` stands below the gateway's address. */
export const Ticket = z.object({ ticket: z.string(), expiresAt: z.iso.datetime(), path: z.string() });

export const TicketRequest = z.object({ channel: Channel });
