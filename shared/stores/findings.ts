import type { table, Write } from './table.ts';

/** What `sweep` found of one event, and has not seen mended yet. Times are ISO 8601 UTC. */
export interface Finding {
  eventKey: string;
  /** unfused: accepted, and neither in an incident nor dropped. unmatched: in an incident, and what it should have started knows nothing of it. untold: a correction of `of` that nobody was told of. */
  what: 'unfused' | 'unmatched' | 'untold';
  of?: string | undefined;
  incidentId?: string | undefined;
  /** Independent sources of its incident when the event was told. */
  independent?: number | undefined;
  /** When it was accepted or fused; how often it was said; when it is looked at again. */
  since: string;
  tries: number;
  due: string;
}

const READ = { pk: 'SWEEP', sk: 'READ' };

/** Up to which entry of each of the journal's chains `sweep` has read, and what it found there: a part of the executions' store. */
export const findings = (executions: ReturnType<typeof table>) => ({
  readUpTo: async (): Promise<Record<string, number>> =>
    ((await executions.get(READ.pk, READ.sk))?.['upTo'] ?? {}) as Record<string, number>,
  read: (upTo: Record<string, number>): Write => executions.put({ ...READ, upTo }),

  findings: async (): Promise<Finding[]> => (await executions.under('FOUND')) as unknown as Finding[],
  /** Found once, however often its entry is read. */
  find: (finding: Finding): Write => executions.putNew({ pk: 'FOUND', sk: finding.eventKey, ...finding }),
  /** Looked at again, as it was read. */
  lookAgain: ({ eventKey, tries }: Finding, due: string): Write =>
    executions.change('FOUND', eventKey, { tries: tries + 1, due }, { tries: [tries] }),
  /** Mended, or given up. */
  letGo: ({ eventKey, tries }: Finding): Write => executions.removeAs('FOUND', eventKey, { tries: [tries] }),
});
