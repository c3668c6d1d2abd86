import { type Endpoint, LOOK, Page } from './endpoint.ts';

/** Units: what there is and who holds it. */
export const resourceEndpoints = [
  { operation: 'listResources', method: 'GET', path: '/resources', roles: LOOK, query: Page, summary: 'Every unit and what holds it' },
] as const satisfies readonly Endpoint[];
