import * as z from 'zod';
import { ACT, ANSWER, ASKED, COMMAND, type Endpoint, FORESEE, LOOK, Page } from './endpoint.ts';
import { eventEndpoints } from './event-endpoints.ts';
import { ApprovalAnswer, ExecuteRequest } from './execution.ts';
import { kernelEndpoints } from './kernel-endpoints.ts';
import { PolicyCheckRequest } from './policy-requests.ts';
import { resourceEndpoints } from './resource-endpoints.ts';
import { ControlRequest } from './run-events.ts';
import { SimulationRequest } from './simulation.ts';
import { Channel, type Role, WorkflowStatus } from './vocabulary.ts';

/** Under this path everything of REST stands; in AWS `api` is the stage's name, so the path is literal. */
export const BASE_PATH = '/api/orchestration';

/** Who sees the questions that others are asked as well. */
export const looking: ReadonlySet<Role> = new Set(LOOK);

/** Who changes something, and must not have to wait because many are looking. */
export const acting: ReadonlySet<Role> = new Set([...ACT, ...ANSWER]);

/** `actor` as entries name them (`person/ann`); `from` ≤ when an entry was written < `to`. */
export const AuditQuery = Page.extend({
  incidentId: z.string().optional(),
  executionId: z.string().optional(),
  kind: z.string().optional(),
  actor: z.string().max(200).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
});
/** The policy part of the journal: decisions, checks and refusals. */
const PolicyAuditQuery = AuditQuery.omit({ kind: true });
const BindingsQuery = z.object({ workflow: z.string().max(60).optional(), clause: z.string().max(60).optional() });
/** `to` is now unless it is given; `cursor` as the answer before gave it in `next`, with the same `to`. */
const ComplianceQuery = z.object({
  hours: z.coerce.number().int().min(1).max(744).default(24),
  to: z.iso.datetime().optional(),
  cursor: z.string().max(2000).optional(),
});
export const HistoryQuery = Page.extend({
  workflow: z.string().max(60).optional(),
  status: WorkflowStatus.optional(),
  incidentId: z.string().max(64).optional(),
});
export const TicketRequest = z.object({ channel: Channel });

export const endpoints = [
  { operation: 'getStatus', method: 'GET', path: '/status', roles: LOOK, summary: 'The engine: version, stage, ledger, what is under way' },
  { operation: 'getActive', method: 'GET', path: '/status/active', roles: LOOK, summary: 'Executions under way, with their steps' },
  { operation: 'listWorkflows', method: 'GET', path: '/workflows', roles: LOOK, summary: 'Every workflow' },
  { operation: 'getWorkflow', method: 'GET', path: '/workflows/{name}', roles: LOOK, summary: 'One workflow, whole' },
  {
    operation: 'executeWorkflow',
    method: 'POST',
    path: '/workflow/execute',
    roles: ACT,
    body: ExecuteRequest,
    summary: 'Start a workflow by hand',
  },
  {
    operation: 'simulate',
    method: 'POST',
    path: '/simulate',
    roles: FORESEE,
    body: SimulationRequest,
    summary: 'What a workflow would do now: nothing is started, held or told',
  },
  {
    operation: 'listExecutions',
    method: 'GET',
    path: '/executions',
    roles: LOOK,
    query: HistoryQuery,
    summary: 'Executions, running and ended, newest first',
  },
  {
    operation: 'getExecution',
    method: 'GET',
    path: '/executions/{id}',
    roles: LOOK,
    summary: 'One execution, running or ended, with its steps',
  },
  {
    operation: 'pauseExecution',
    method: 'POST',
    path: '/executions/{id}/pause',
    roles: COMMAND,
    body: ControlRequest,
    summary: 'Dispatch nothing new; what is under way goes on',
  },
  {
    operation: 'resumeExecution',
    method: 'POST',
    path: '/executions/{id}/resume',
    roles: COMMAND,
    body: ControlRequest,
    summary: 'Go on where it was paused, with as much time as was left',
  },
  {
    operation: 'cancelExecution',
    method: 'POST',
    path: '/executions/{id}/cancel',
    roles: COMMAND,
    body: ControlRequest,
    summary: 'End it: what a machine may undo is undone, and the rest is named',
  },
  {
    operation: 'redriveExecution',
    method: 'POST',
    path: '/executions/{id}/redrive',
    roles: COMMAND,
    body: ControlRequest,
    summary: 'Take an ended execution up as a new one',
  },
  ...eventEndpoints,
  ...resourceEndpoints,
  ...kernelEndpoints,
  { operation: 'audit', method: 'GET', path: '/audit', roles: LOOK, query: AuditQuery, summary: 'The journal, newest first' },
  {
    operation: 'auditPolicy',
    method: 'GET',
    path: '/audit/policy',
    roles: LOOK,
    query: PolicyAuditQuery,
    summary: 'What guardrails decided, what was checked and what was refused, newest first',
  },
  {
    operation: 'checkPolicy',
    method: 'POST',
    path: '/policy/check',
    roles: LOOK,
    body: PolicyCheckRequest,
    summary: 'Would this action be allowed now, by which clauses, on which facts',
  },
  {
    operation: 'policyBindings',
    method: 'GET',
    path: '/policy/bindings',
    roles: LOOK,
    query: BindingsQuery,
    summary: 'Which clauses bind which steps, and why',
  },
  {
    operation: 'policyCompliance',
    method: 'GET',
    path: '/policy/compliance',
    roles: LOOK,
    query: ComplianceQuery,
    summary: 'Decisions of the last hours, counted by verdict and by clause',
  },
  {
    operation: 'routingRules',
    method: 'GET',
    path: '/routing/rules',
    roles: LOOK,
    summary: 'The rules of the bus with their reasons, and where each category goes',
  },
  {
    operation: 'routingChannels',
    method: 'GET',
    path: '/routing/channels',
    roles: LOOK,
    summary: 'The live channels and what each tells',
  },
  {
    operation: 'routingPipelines',
    method: 'GET',
    path: '/routing/pipelines',
    roles: LOOK,
    summary: 'The queues, who reads each, and the rules that lead there',
  },
  { operation: 'listApprovals', method: 'GET', path: '/approvals', roles: ASKED, summary: 'Questions that wait for a person' },
  {
    operation: 'answerApproval',
    method: 'POST',
    path: '/approvals/{id}',
    roles: ANSWER,
    body: ApprovalAnswer,
    summary: 'Approve or refuse, with a reason',
  },
  {
    operation: 'createTicket',
    method: 'POST',
    path: '/tickets',
    roles: LOOK,
    body: TicketRequest,
    summary: 'A 30-second, single-use ticket for a WebSocket',
  },
] as const satisfies readonly Endpoint[];

export type Operation = (typeof endpoints)[number]['operation'];
