import * as z from 'zod';
import { documentEndpoints } from './document-endpoints.ts';
import { ACT, ANSWER, ASKED, COMMAND, type Endpoint, FORESEE, LOOK, Page } from './endpoint.ts';
import { eventEndpoints } from './event-endpoints.ts';
import { ApprovalAnswer, ExecuteRequest } from './execution.ts';
import { factEndpoints } from './fact-endpoints.ts';
import { jointEndpoints } from './joint-endpoints.ts';
import { kernelEndpoints } from './kernel-endpoints.ts';
import { peopleEndpoints } from './people-endpoints.ts';
import { policyEndpoints } from './policy-endpoints.ts';
import { JournalPage } from './policy-replies.ts';
import { resourceEndpoints } from './resource-endpoints.ts';
import { restrictedEndpoints } from './restricted-endpoints.ts';
import { reviewEndpoints } from './review-endpoints.ts';
import { ControlRequest } from './run-events.ts';
import {
  ActiveExecutions,
  AnswerTaken,
  ControlTaken,
  EngineStatus,
  ExecutionPage,
  ExecutionRequested,
  ExecutionView,
  OpenApprovals,
  RedriveTaken,
  Ticket,
  TicketRequest,
  WorkflowList,
} from './run-replies.ts';
import { sharingEndpoints } from './sharing-endpoints.ts';
import { Simulation, SimulationRequest } from './simulation.ts';
import { type Role, WorkflowStatus } from './vocabulary.ts';
import { Workflow } from './workflow.ts';

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
export const HistoryQuery = Page.extend({
  workflow: z.string().max(60).optional(),
  status: WorkflowStatus.optional(),
  incidentId: z.string().max(64).optional(),
});

export const endpoints = [
  {
    operation: 'getStatus',
    method: 'GET',
    path: '/status',
    roles: LOOK,
    reply: EngineStatus,
    summary: 'The engine: version, stage, ledger, what is under way',
  },
  {
    operation: 'getActive',
    method: 'GET',
    path: '/status/active',
    roles: LOOK,
    reply: ActiveExecutions,
    summary: 'Executions under way, with their steps',
  },
  {
    operation: 'listWorkflows',
    method: 'GET',
    path: '/workflows',
    roles: LOOK,
    reply: WorkflowList,
    etag: true,
    summary: 'Every workflow',
  },
  {
    operation: 'getWorkflow',
    method: 'GET',
    path: '/workflows/{name}',
    roles: LOOK,
    reply: Workflow,
    etag: true,
    summary: 'One workflow, whole',
  },
  {
    operation: 'executeWorkflow',
    method: 'POST',
    path: '/workflow/execute',
    roles: ACT,
    body: ExecuteRequest,
    reply: ExecutionRequested,
    status: 202,
    refuses: ['not-found'],
    summary: 'Start a workflow by hand',
  },
  {
    operation: 'simulate',
    method: 'POST',
    path: '/simulate',
    roles: FORESEE,
    effect: 'look',
    body: SimulationRequest,
    reply: Simulation,
    refuses: ['not-found'],
    summary: 'What a workflow would do now: nothing is started, held or told',
  },
  {
    operation: 'listExecutions',
    method: 'GET',
    path: '/executions',
    roles: LOOK,
    query: HistoryQuery,
    reply: ExecutionPage,
    summary: 'Executions, running and ended, newest first',
  },
  {
    operation: 'getExecution',
    method: 'GET',
    path: '/executions/{id}',
    roles: LOOK,
    reply: ExecutionView,
    etag: true,
    summary: 'One execution, running or ended, with its steps',
  },
  {
    operation: 'pauseExecution',
    method: 'POST',
    path: '/executions/{id}/pause',
    roles: COMMAND,
    body: ControlRequest,
    reply: ControlTaken,
    status: 202,
    refuses: ['conflict'],
    summary: 'Dispatch nothing new; what is under way goes on',
  },
  {
    operation: 'resumeExecution',
    method: 'POST',
    path: '/executions/{id}/resume',
    roles: COMMAND,
    body: ControlRequest,
    reply: ControlTaken,
    status: 202,
    refuses: ['conflict'],
    summary: 'Go on where it was paused, with as much time as was left',
  },
  {
    operation: 'cancelExecution',
    method: 'POST',
    path: '/executions/{id}/cancel',
    roles: COMMAND,
    body: ControlRequest,
    reply: ControlTaken,
    status: 202,
    refuses: ['conflict'],
    summary: 'End it: what a machine may undo is undone, and the rest is named',
  },
  {
    operation: 'redriveExecution',
    method: 'POST',
    path: '/executions/{id}/redrive',
    roles: COMMAND,
    twoPersons: true,
    body: ControlRequest,
    reply: RedriveTaken,
    status: 202,
    refuses: ['conflict'],
    summary: 'Take an ended execution up as a new one',
  },
  ...eventEndpoints,
  ...resourceEndpoints,
  ...kernelEndpoints,
  ...jointEndpoints,
  ...peopleEndpoints,
  ...reviewEndpoints,
  ...restrictedEndpoints,
  ...sharingEndpoints,
  {
    operation: 'audit',
    method: 'GET',
    path: '/audit',
    roles: LOOK,
    query: AuditQuery,
    reply: JournalPage,
    summary: 'The journal, newest first',
  },
  {
    operation: 'auditPolicy',
    method: 'GET',
    path: '/audit/policy',
    roles: LOOK,
    query: PolicyAuditQuery,
    reply: JournalPage,
    summary: 'What guardrails decided, what was checked and what was refused, newest first',
  },
  ...policyEndpoints,
  ...factEndpoints,
  ...documentEndpoints,
  {
    operation: 'listApprovals',
    method: 'GET',
    path: '/approvals',
    roles: ASKED,
    reply: OpenApprovals,
    summary: 'Questions that wait for a person',
  },
  {
    operation: 'answerApproval',
    method: 'POST',
    path: '/approvals/{id}',
    roles: ANSWER,
    joint: true,
    body: ApprovalAnswer,
    reply: AnswerTaken,
    status: 202,
    refuses: ['conflict'],
    summary: 'Approve or refuse, with a reason',
  },
  {
    operation: 'createTicket',
    method: 'POST',
    path: '/tickets',
    roles: LOOK,
    effect: 'look',
    shared: true,
    body: TicketRequest,
    reply: Ticket,
    status: 201,
    summary: 'A 30-second, single-use ticket for a WebSocket',
  },
] as const satisfies readonly Endpoint[];

export type Operation = (typeof endpoints)[number]['operation'];
