import type { Correction } from '../../shared/contracts/correction.ts';
import type { NormalizedEvent } from '../../shared/contracts/event.ts';
import type { Fact } from '../../shared/contracts/policy.ts';
import { asCorrected, changesOf, isRetracted } from '../../shared/domain/correction.ts';
import { iso } from '../../shared/lambda/ids.ts';
import type { Clock } from '../../shared/lambda/runtime.ts';
import { factsOf } from '../../shared/policy/facts.ts';
import type { StoredEvent } from '../../shared/stores/events.ts';
import { placeOf } from '../../shared/stores/journal.ts';
import type { AcceptDeps, Newcomer } from './accept.ts';
import { acceptedEntry, correctionEntry, factEntry } from './entries.ts';

export interface AmendDeps extends AcceptDeps {
  clock: Clock;
}

const factsNow = (event: NormalizedEvent): Fact[] => (isRetracted(event) ? [] : factsOf(event));

const sameFact = (a: Fact, b: Fact): boolean => a.subject === b.subject && a.kind === b.kind;

/** The facts that an event attests as it is now; those it attested before and no longer does end now, all of them where there is no `after`. */
export const factsAfter = (before: NormalizedEvent, after: NormalizedEvent | undefined, now: number): Fact[] => {
  const stand = after ? factsNow(after) : [];
  const gone = factsNow(before).filter((fact) => !stand.some((one) => sameFact(one, fact)));
  return [...stand, ...gone.map((fact) => ({ ...fact, expiresAt: iso(Math.min(now, Date.parse(fact.expiresAt))) }))];
};

/** An event with one more word on it. */
export const withWord = (stored: StoredEvent, correction: Correction): StoredEvent => {
  const first = stored.corrected?.first ?? stored.event;
  const by = [...(stored.corrected?.by ?? []), correction];
  return { ...stored, event: asCorrected(first, by), corrected: { first, by } };
};

/**
 * A correction is taken in: in one transaction it is stored as the event it is, stands on the event that it corrects, what that attests is
 * attested as it is now, and the journal says so. Undefined where either changed since it was read.
 */
export const amend =
  ({ events, facts, journal, clock }: AmendDeps) =>
  async (newcomer: Newcomer, of: StoredEvent, correction: Correction): Promise<StoredEvent | undefined> => {
    const { key, node, event, busId } = newcomer;
    const { incidentId } = of.event;
    const amended = withWord(of, correction);
    const said = { ...newcomer, event: { ...event, incidentId } };
    const changed = changesOf(of.event, amended.event).map(({ field }) => field);
    const stated = factsAfter(of.event, amended.event, clock.now());
    const done = await journal.commit(
      of.node,
      [acceptedEntry([said]), correctionEntry(said, correction, changed), ...stated.map((fact) => factEntry(fact, incidentId))],
      ([accepted, fused]) => [
        ...events.accept({ key, node, event: said.event, busId, accepted: placeOf(accepted), fused: placeOf(fused) }),
        events.correct(of, correction),
        ...stated.map((fact) => facts.record(fact)),
      ],
    );
    return done.ok ? amended : undefined;
  };
