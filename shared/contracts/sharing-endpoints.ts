import type { Endpoint } from './endpoint.ts';
import { SharingList, SharingQuery } from './sharing.ts';
import type { Role } from './vocabulary.ts';

/** Who answers for what leaves, and who looks into it afterwards. */
const ANSWERABLE: readonly Role[] = ['supervisor', 'watch_commander', 'chief', 'intelligence_officer', 'auditor', 'admin'];

export const sharingEndpoints = [
  {
    operation: 'listSharing',
    method: 'GET',
    path: '/sharing',
    roles: ANSWERABLE,
    query: SharingQuery,
    reply: SharingList,
    summary: 'What was told to which agency or index, under which agreement and why, newest first',
  },
] as const satisfies readonly Endpoint[];
