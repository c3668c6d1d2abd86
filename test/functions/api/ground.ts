import { create } from '../../../functions/api/handler.ts';
import { BASE_PATH } from '../../../shared/contracts/endpoints.ts';
import type { ApprovalRecord, ExecutionInput } from '../../../shared/contracts/execution.ts';
import type { Role } from '../../../shared/contracts/vocabulary.ts';
import { shown } from '../../../shared/domain/shown.ts';
import { createPolicyEngine } from '../../../shared/policy/index.ts';
import { workflowNamed } from '../../../workflows/index.ts';
import { asDeclared } from '../../support/contract.ts';
import { sockets } from '../publish/ground.ts';

export interface Answer {
  status: number;
  type: string;
  body: Record<string, unknown> & { items: Record<string, unknown>[]; next?: string; errors?: { path: string; message: string }[] };
}

interface Sent {
  sub?: string;
  agency?: string;
  roles?: Role[];
  query?: Record<string, string>;
  body?: unknown;
  text?: string;
}

/** The API over real stores, asked by a person in some roles; a dispatcher unless said otherwise. */
export const api = (chance: Parameters<typeof sockets>[0] = {}, env: Record<string, string> = {}) => {
  const ground = sockets(chance);
  const runtime = { ...ground.runtime, env: { ...ground.runtime.env, ...env } };
  const door = create(runtime);
  const ask = async (
    method: string,
    path: string,
    { sub = 'ada', agency = 'rbpd', roles = ['dispatcher'], query, body, text }: Sent = {},
  ): Promise<Answer> => {
    const {
      statusCode,
      headers,
      body: answer,
    } = await door({
      httpMethod: method,
      path: `${BASE_PATH.slice('/api'.length)}${path}`,
      queryStringParameters: query ?? null,
      body: text ?? (body === undefined ? null : JSON.stringify(body)),
      requestContext: {
        requestId: 'r-1',
        identity: { sourceIp: '192.0.2.7' },
        authorizer: { sub, roles: roles.join(','), agency, exp: String(ground.now() / 1000 + 600) },
      },
    });
    asDeclared(method, path, { status: statusCode, type: headers['content-type'], text: answer });
    return { status: statusCode, type: headers['content-type'] ?? '', body: JSON.parse(answer) };
  };
  /** Asks for what takes two persons, and has a second of the same roles say yes; what the operation answered then. */
  const agreed = async (path: string, body: unknown, sent: Sent = {}): Promise<Answer> => {
    const first = await ask('POST', path, { body, ...sent });
    const { id } = (first.body['ask'] ?? {}) as { id?: string };
    if (!id) return first;
    const said = await ask('POST', `/asks/${id}`, { ...sent, sub: 'bea', body: { answer: 'yes', reason: 'seen it too' } });
    const { outcome } = (said.body['ask'] ?? {}) as { outcome?: { status: number; body: Answer['body'] } };
    return outcome ? { ...first, ...outcome } : said;
  };
  return {
    ...ground,
    door,
    agreed,
    get: (path: string, sent?: Sent) => ask('GET', path, sent),
    post: (path: string, body: unknown, sent?: Sent) => ask('POST', path, { body, ...sent }),
    ask,
  };
};

export type Api = ReturnType<typeof api>;

const AT = '2026-11-22T16:59:00.000Z';

const input = (id: string, incidentId: string): ExecutionInput => ({
  executionId: id,
  workflow: 'gunfire-response',
  version: 1,
  incidentId,
  priority: 'CRITICAL',
  startedBy: 'EVENT',
  summary: 'Gunshot',
  location: { lat: 26.77, lon: -80.05, radiusM: 25 },
  inputs: {},
});

/** An execution under way with one dispatched step and one open question for a supervisor, tokens and all. */
export const withExecution = async (
  { stores }: Api,
  id = 'gunfire-response-i1',
  incidentId = 'i1',
  more: { question?: Partial<ApprovalRecord>; requestedBy?: string } = {},
) => {
  const { executions, journal } = stores;
  const execution = {
    id,
    workflow: 'gunfire-response',
    version: 1,
    incidentId,
    status: 'RUNNING' as const,
    priority: 'CRITICAL' as const,
    agency: 'rbpd',
    createdAt: AT,
    startedAt: AT,
    deadline: '2026-11-22T17:14:00.000Z',
    degraded: false,
    missing: [],
    tookOver: [],
    input: { ...input(id, incidentId), requestedBy: more.requestedBy },
  };
  const step = {
    executionId: id,
    incidentId,
    step: 'sendDrone',
    action: 'DRONE_DISPATCH',
    actionId: `${id}:sendDrone:0`,
    status: 'DISPATCHED' as const,
    ordinal: 1,
    attempt: 0,
    round: 0,
    undo: 'auto' as const,
    subsystem: 'drone_ops',
    token: 'secret-task-token',
    units: ['drone-1'],
    startedAt: AT,
  };
  const approval = {
    id: `${id}:warnPublic`,
    executionId: id,
    step: 'warnPublic',
    kind: 'approval' as const,
    round: 0,
    voices: [],
    releases: [],
    ask: 'supervisor' as const,
    question: 'Warn the public?',
    ...shown({ policy: createPolicyEngine(), clock: { now: () => Date.parse(AT) } })(
      { execution, situation: { incident: undefined, aliases: [], facts: [] }, workflow: workflowNamed('gunfire-response') },
      { releases: [], about: { independentSources: 2 } },
    ),
    askedAt: AT,
    expiresAt: '2026-11-22T17:01:30.000Z',
    token: 'secret-approval-token',
    ...more.question,
  };
  await journal.commit(
    incidentId,
    [{ kind: 'workflow.started', actor: 'system/trigger', incidentId, executionId: id, data: { workflow: 'gunfire-response' } }],
    [...executions.create(execution, 'k'), executions.writeStep(step, undefined), ...executions.ask(approval)],
  );
  return { execution, step, approval };
};
