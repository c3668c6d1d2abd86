import { STALE_MS } from '../../shared/domain/stale.ts';
import type { Announcement } from '../../shared/lambda/bus.ts';
import { iso } from '../../shared/lambda/ids.ts';
import { errorFields, say } from '../../shared/lambda/log.ts';
import type { Clock, LogSink } from '../../shared/lambda/runtime.ts';
import { type EventsStore, isFused } from '../../shared/stores/events.ts';
import type { ExecutionsStore } from '../../shared/stores/executions.ts';
import type { Finding } from '../../shared/stores/findings.ts';
import type { JournalStore } from '../../shared/stores/journal.ts';
import type { Unanswered } from './unanswered.ts';

export interface LookDeps {
  executions: ExecutionsStore;
  events: Pick<EventsStore, 'get'>;
  journal: JournalStore;
  clock: Clock;
  log: LogSink;
  /** What an event of this incident should have been matched with and was not. */
  unanswered: (key: string, incidentId: string, independent: number | undefined) => Promise<Unanswered | undefined>;
  /** What is to be told once more of the correction `by` of the event `of`. */
  untold: (by: string, of: string) => Promise<{ again: Announcement } | undefined>;
  /** Puts a word on `trigger`'s queue once more; `trigger` takes each match, and tells of each correction, once. */
  announce: (eventKey: string, word: Announcement) => Promise<void>;
}

/** Whoever was told of it again gets this long (ms) before it is looked at anew; after the last of them it is given up. */
const PAUSES_MS = [180_000, 600_000, 900_000];
/** What is still wrong: `lacking` are the workflows that know nothing of it. Undefined where it was mended meanwhile. */
const wrong = async (
  deps: LookDeps,
  { what, eventKey, incidentId, independent, of }: Finding,
): Promise<Partial<Unanswered> | undefined> => {
  if (what === 'untold') return of === undefined ? undefined : deps.untold(eventKey, of);
  if (what === 'unmatched') return incidentId === undefined ? undefined : deps.unanswered(eventKey, incidentId, independent);
  const stored = await deps.events.get(eventKey);
  return stored && !isFused(stored) ? {} : undefined;
};

/** Says it, and has the event told again where that still helps. */
const tell = async (deps: LookDeps, finding: Finding, { again, lacking }: Partial<Unanswered>): Promise<void> => {
  const { executions, journal, clock, announce } = deps;
  const { what, eventKey, incidentId, since, tries } = finding;
  const now = clock.now();
  // It is never too late to hear that something is not so.
  const stale = what !== 'untold' && now > Date.parse(since) + STALE_MS;
  const pause = stale ? undefined : PAUSES_MS[tries];
  const announced = again !== undefined && pause !== undefined;
  const data = { finding: what, eventKey, since, workflows: lacking, tries, announced, givenUp: pause === undefined };
  const done = await journal.commit(
    incidentId ?? eventKey,
    [{ kind: 'sweep.found', actor: 'system/sweep', incidentId, data }],
    [pause === undefined ? executions.letGo(finding) : executions.lookAgain(finding, iso(now + pause))],
  );
  if (done.ok && again && announced) await announce(eventKey, again);
};

/** Looks at what was found and is due: it was mended, or it is said once more. One failure stops no other. Returns how many events were told again or said to hang. */
export const look = (deps: LookDeps) => async (): Promise<number> => {
  const { executions, journal, clock, log } = deps;
  let said = 0;
  for (const finding of await executions.findings()) {
    const { eventKey, what, due, tries } = finding;
    if (Date.parse(due) > clock.now()) continue;
    try {
      const still = await wrong(deps, finding);
      if (!still) {
        await journal.commit(eventKey, [], [executions.letGo(finding)]);
        continue;
      }
      say(log, 'warn', 'sweep.found', { eventKey, finding: what, tries });
      await tell(deps, finding, still);
      said += 1;
    } catch (error) {
      say(log, 'error', 'sweep.found', { eventKey, finding: what, ...errorFields(error) });
    }
  }
  return said;
};
