import * as z from 'zod';
import { type Endpoint, LOOK } from './endpoint.ts';
import { PolicyBindings, PolicyChecked } from './policy-replies.ts';
import { PolicyCheckRequest, PolicyCompliance } from './policy-requests.ts';
import { RouteChannels, RoutePipelines, RouteRules } from './routing-replies.ts';

const BindingsQuery = z.object({ workflow: z.string().max(60).optional(), clause: z.string().max(60).optional() });
/** `to` is now unless it is given; `cursor` as the answer before gave it in `next`, with the same `to`. */
const ComplianceQuery = z.object({
  hours: z.coerce.number().int().min(1).max(744).default(24),
  to: z.iso.datetime().optional(),
  cursor: z.string().max(2000).optional(),
});

/** The guardrails, and the rules of the bus. */
export const policyEndpoints = [
  {
    operation: 'checkPolicy',
    method: 'POST',
    path: '/policy/check',
    roles: LOOK,
    effect: 'look',
    body: PolicyCheckRequest,
    reply: PolicyChecked,
    refuses: ['not-found'],
    summary: 'Would this action be allowed now, by which clauses, on which facts',
  },
  {
    operation: 'policyBindings',
    method: 'GET',
    path: '/policy/bindings',
    roles: LOOK,
    query: BindingsQuery,
    reply: PolicyBindings,
    refuses: ['not-found'],
    summary: 'Which clauses bind which steps, and why',
  },
  {
    operation: 'policyCompliance',
    method: 'GET',
    path: '/policy/compliance',
    roles: LOOK,
    query: ComplianceQuery,
    reply: PolicyCompliance,
    summary: 'Decisions of the last hours, counted by verdict and by clause',
  },
  {
    operation: 'routingRules',
    method: 'GET',
    path: '/routing/rules',
    roles: LOOK,
    reply: RouteRules,
    etag: true,
    summary: 'The rules of the bus with their reasons, and where each category goes',
  },
  {
    operation: 'routingChannels',
    method: 'GET',
    path: '/routing/channels',
    roles: LOOK,
    reply: RouteChannels,
    etag: true,
    summary: 'The live channels and what each tells',
  },
  {
    operation: 'routingPipelines',
    method: 'GET',
    path: '/routing/pipelines',
    roles: LOOK,
    reply: RoutePipelines,
    etag: true,
    summary: 'The queues, who reads each, and the rules that lead there',
  },
] as const satisfies readonly Endpoint[];
