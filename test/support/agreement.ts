import type { Agencies } from '../../infra/agencies.ts';
import { Agreement } from '../../shared/contracts/agency.ts';

/** An agreement on grave events, in force in November 2026, as a stage's file writes it; changed where a test says so. */
export const agreement = (what: object = {}, more: object = {}): Agreement =>
  Agreement.parse({
    id: 'MOU-2026-014',
    purpose: 'mutual aid on shots fired',
    what: {
      categories: ['SENSOR', 'INCIDENT'],
      priorities: ['CRITICAL', 'HIGH'],
      fields: ['location', 'confidence', 'incident'],
      entities: ['plate'],
      data: ['weapon'],
      ...what,
    },
    from: '2026-01-01T00:00:00Z',
    until: '2027-01-01T00:00:00Z',
    ...more,
  });

/** A stage's agencies: ours, and one whose bus another stands in for. */
export const neighbours: Agencies = [
  { id: 'riviera-beach-pd', name: 'Riviera Beach Police Department', ours: true },
  { id: 'sheriff', name: 'County Sheriff', contact: 'records@sheriff.example', bus: 'stand-in', agreement: agreement() },
];

/** An event as ingest makes it, invented. */
export const happening = (more: object = {}) => ({
  id: 'shot-1',
  source: 'gunshot_detection' as const,
  type: 'gunshot.detected',
  category: 'SENSOR' as const,
  priority: 'CRITICAL' as const,
  occurredAt: '2026-11-22T16:59:50.000Z',
  receivedAt: '2026-11-22T17:00:00.000Z',
  location: { lat: 26.7753, lon: -80.0581, radiusM: 25 },
  entities: [
    { kind: 'plate', id: 'RBH4417' },
    { kind: 'person-name', id: 'DOE JANE' },
  ],
  threatLevel: 0.8,
  confidence: 0.93,
  summary: 'Three shots near Jane Doe’s house',
  agency: 'riviera-beach-pd',
  data: { weapon: true, caller: '561-555-0100' },
  flags: [] as string[],
  incidentId: 'I1',
  ...more,
});
