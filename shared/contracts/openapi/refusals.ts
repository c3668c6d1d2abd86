import type { Endpoint } from '../endpoint.ts';
import type { ProblemName } from '../problem.ts';

/** Every call may be refused so: by the authorizer, the firewall, the usage plans, or because something is down. */
const ALWAYS: readonly ProblemName[] = ['unauthenticated', 'forbidden', 'filtered', 'throttled', 'internal', 'unavailable', 'timeout'];
const WITH_BODY: readonly ProblemName[] = ['invalid-request', 'too-large', 'unsupported-media-type'];
const WITH_KEY: readonly ProblemName[] = ['invalid-request', 'idempotency-key-in-use', 'idempotency-key-reused'];

/** How an operation may refuse: what its traits imply, and what its contract says besides. */
export const refusalsOf = ({ method, path, query, body, refuses = [] }: Endpoint): ProblemName[] => {
  const implied: ProblemName[] = [
    ...(query ? (['invalid-request'] as const) : []),
    ...(body ? WITH_BODY : []),
    ...(path.includes('{') ? (['not-found'] as const) : []),
    ...(method === 'GET' ? [] : WITH_KEY),
  ];
  return [...new Set([...implied, ...refuses, ...ALWAYS])];
};
