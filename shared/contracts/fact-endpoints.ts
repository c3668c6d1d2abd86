import { COMMAND, type Endpoint, LOOK } from './endpoint.ts';
import { FactDetail, FactOverride, FactOverrideRequest, FactPage, FactsQuery } from './fact.ts';
import type { Role } from './vocabulary.ts';

/** Who may have a word on any fact; on which, and beside whom, shared/policy/kinds/overrides.ts says. */
const OVERRIDE: readonly Role[] = ['remote_pilot', ...COMMAND];

/** What guardrails are judged on. */
export const factEndpoints = [
  {
    operation: 'listFacts',
    method: 'GET',
    path: '/facts',
    roles: LOOK,
    query: FactsQuery,
    reply: FactPage,
    summary: 'Facts as they stand now, newest first',
  },
  {
    operation: 'getFact',
    method: 'GET',
    path: '/facts/{id}',
    roles: LOOK,
    reply: FactDetail,
    summary: 'One fact: who said it and until when, what overrides it, and what may be done to it by hand',
  },
  {
    operation: 'overrideFact',
    method: 'POST',
    path: '/facts/{id}/override',
    roles: OVERRIDE,
    twoPersons: true,
    body: FactOverrideRequest,
    reply: FactOverride,
    status: 201,
    refuses: ['conflict'],
    summary: 'Withdraw a fact that is wrong, or replace what it says where that allows nothing more',
  },
] as const satisfies readonly Endpoint[];
