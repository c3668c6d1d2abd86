import type { JournalEntry } from '../../shared/contracts/journal.ts';
import type { Workflow } from '../../shared/contracts/workflow.ts';
import { couldStart } from '../../shared/domain/matching.ts';
import { iso } from '../../shared/lambda/ids.ts';
import { isFused } from '../../shared/stores/events.ts';
import type { Finding } from '../../shared/stores/findings.ts';
import { streams } from '../../shared/stores/journal.ts';
import type { LookDeps } from './look.ts';
import { unended, type Word, wordsOf } from './words.ts';

export type ReconcileDeps = Pick<LookDeps, 'executions' | 'events' | 'journal' | 'clock' | 'unanswered' | 'untold'>;

/** What was fused this long ago (ms) has been matched, or the word of it was lost. */
const GRACE_MS = 120_000;
/** A delivery that was cut short comes again after three minutes; what was accepted this long ago (ms) and came to no end hangs. */
const IN_FLIGHT_MS = 300_000;
/** What is older (ms) is history: nobody waits for it. */
const OLDEST_MS = 24 * 3600_000;
/** Of each chain, entries read in a run. */
const PAGE = 500;

/** What this run reads of one chain: entries after the last run's, once each, up to the first that is too young. */
const newIn = async ({ journal }: ReconcileDeps, stream: string, upTo: number | undefined, ripe: string): Promise<JournalEntry[]> => {
  // A chain that was never looked at is as long as the system is old.
  const from = upTo ?? Math.max(0, (await journal.head(stream)) - PAGE);
  const entries = await journal.after(stream, from, PAGE);
  const young = entries.findIndex(({ at }) => at > ripe);
  return young < 0 ? entries : entries.slice(0, young);
};

const hanging = async (deps: ReconcileDeps, words: readonly Word[]): Promise<Finding[]> => {
  const found: Finding[] = [];
  for (const { key, at, incidentId } of unended(words)) {
    const stored = await deps.events.get(key);
    if (stored && !isFused(stored))
      found.push({ eventKey: key, what: 'unfused', incidentId, since: at, tries: 0, due: iso(Date.parse(at) + IN_FLIGHT_MS) });
  }
  return found;
};

/** Finds what each run's new entries tell of: events that hang, and events that should have started something. */
export const reconcile = (deps: ReconcileDeps, workflows: readonly Workflow[]) => {
  const { executions, journal, clock } = deps;
  const could = couldStart(workflows);

  const unmatched = async (words: readonly Word[]): Promise<Finding[]> => {
    const found: Finding[] = [];
    for (const { key, at, incidentId, sketch, independent } of words) {
      if (!sketch || !incidentId || !could(sketch)) continue;
      if (await deps.unanswered(key, incidentId, independent))
        found.push({ eventKey: key, what: 'unmatched', incidentId, independent, since: at, tries: 0, due: iso(clock.now()) });
    }
    return found;
  };

  const untold = async (words: readonly Word[]): Promise<Finding[]> => {
    const found: Finding[] = [];
    for (const { key, at, incidentId, of } of words)
      if (of !== undefined && (await deps.untold(key, of)))
        found.push({ eventKey: key, what: 'untold', of, incidentId, since: at, tries: 0, due: iso(clock.now()) });
    return found;
  };

  return async (): Promise<void> => {
    const now = clock.now();
    const before = await executions.readUpTo();
    const entries = await Promise.all(streams.map((stream) => newIn(deps, stream, before[stream], iso(now - GRACE_MS))));
    const words = entries
      .flat()
      .filter(({ at }) => Date.parse(at) > now - OLDEST_MS)
      .flatMap(wordsOf);
    for (const finding of [...(await hanging(deps, words)), ...(await unmatched(words)), ...(await untold(words))])
      await journal.commit(finding.eventKey, [], [executions.find(finding)]);
    const read = Object.fromEntries(streams.map((stream, at) => [stream, entries[at]?.at(-1)?.seq ?? before[stream] ?? 0]));
    if (entries.flat().length > 0) await journal.commit('sweep', [], [executions.read(read)]);
  };
};
