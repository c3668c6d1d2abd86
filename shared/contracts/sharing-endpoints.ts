import { type Endpoint, LOOK, Page } from './endpoint.ts';
import { SharedEvents, SharingList, SharingQuery } from './sharing.ts';
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
  {
    operation: 'sharedEvents',
    method: 'GET',
    path: '/sharing/events',
    roles: LOOK,
    shared: true,
    query: Page,
    reply: SharedEvents,
    summary: 'What is shared with the caller’s own agency, as it is now and as its agreement cuts it, newest first',
  },
] as const satisfies readonly Endpoint[];
