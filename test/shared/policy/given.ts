import type { NormalizedEvent } from '../../../shared/contracts/event.ts';
import type { Fact } from '../../../shared/contracts/policy.ts';
import type { PolicyRequest } from '../../../shared/policy/index.ts';

export const NOON = Date.parse('2026-03-01T12:00:00.000Z');

/** A fact about INC-1, live at noon. */
export const fact = (kind: string, value: Fact['value'], more: Partial<Fact> = {}): Fact => ({
  subject: 'incident/INC-1',
  kind,
  value,
  source: 'dispatch',
  eventKey: `dispatch#${kind}`,
  recordedAt: '2026-03-01T11:59:00.000Z',
  expiresAt: '2026-03-01T12:29:00.000Z',
  ...more,
});

export const exigency = fact('exigency', { basis: 'imminent danger to life', by: 'dispatch' });
export const warrant = (value: Fact['value'] = { scope: 'aerial imaging of the premises', number: 'W-7' }): Fact =>
  fact('warrant', value, { source: 'investigations', eventKey: 'investigations#warrant' });
export const council = (value: Fact['value'] = { technologies: 'drone camera' }): Fact =>
  fact('council-authorisation', value, { source: 'public_guardian', subject: 'city', eventKey: 'public_guardian#council' });

export const airframe = fact('airframe-approval', { standard: 'state list' }, { source: 'public_guardian', subject: 'city' });
export const moral = (value: Fact['value'] = { score: 82, objects: false }): Fact =>
  fact('moral-verdict', value, { source: 'moral_compass', subject: 'workflow/gunfire-response' });
export const review = (state = 'none'): Fact =>
  fact('guardian-review', { state }, { source: 'public_guardian', subject: 'workflow/gunfire-response' });
/** What stands in a city whatever happens. */
export const standing: readonly Fact[] = [airframe, moral(), review()];

/** A drone for a gunshot incident that nothing stands against but what a test takes away. */
export const request = (more: Partial<PolicyRequest> = {}): PolicyRequest => ({
  workflow: 'gunfire-response',
  action: 'DRONE_DISPATCH',
  step: { legalBasis: 'FS 934.50(4)(c)', needs: { DRONE: 1 } },
  incident: { id: 'INC-1', type: 'gunshot.detected', sources: ['gunshot_detection'], independentSources: 1 },
  now: NOON,
  guardrails: ['fourth-amendment-drone-surveillance', 'florida-drone-statute', 'surveillance-technology-authorisation'],
  run: { version: 1, timeoutS: 1800, startedBy: 'EVENT', approvals: [] },
  ...more,
  facts: [...(more.facts ?? [exigency, council()]), ...standing],
});

export const event = (more: Partial<NormalizedEvent> = {}): NormalizedEvent => ({
  id: 'e1',
  source: 'gunshot_detection',
  type: 'gunshot.detected',
  category: 'SENSOR',
  priority: 'CRITICAL',
  occurredAt: '2026-03-01T11:59:58.000Z',
  receivedAt: '2026-03-01T12:00:00.000Z',
  entities: [],
  threatLevel: 0.8,
  confidence: 0.9,
  summary: 'two shots',
  agency: 'rbpd',
  data: {},
  flags: [],
  incidentId: 'INC-1',
  ...more,
});
