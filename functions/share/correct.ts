import type { Partner } from '../../shared/contracts/agency.ts';
import type { Change, EventCorrected } from '../../shared/contracts/correction.ts';
import { mayBeTold } from '../../shared/domain/sharing/agreed.ts';
import { concerns } from '../../shared/domain/sharing/concerns.ts';
import { cut } from '../../shared/domain/sharing/cut.ts';
import { say } from '../../shared/lambda/log.ts';
import type { Clock, LogSink } from '../../shared/lambda/runtime.ts';
import type { StoredEvent } from '../../shared/stores/events.ts';
import type { Telling } from '../../shared/stores/sharing.ts';
import type { Saying } from './pass-on.ts';

export interface CorrectDeps {
  readonly partners: readonly Partner[];
  readonly clock: Clock;
  readonly log: LogSink;
}

/** The partner that was told; one that has left the stage has no way to it any more, which a person must know. */
const partnerOf = ({ partners, log }: CorrectDeps, { to, agreement }: Telling, eventKey: string): Partner[] => {
  const partner = partners.find(({ id }) => id === to);
  if (!partner) say(log, 'error', 'sharing.unreachable', { agency: to, agreement, eventKey });
  return partner ? [partner] : [];
};

/** Whoever was told under another agreement may have been told anything. */
const hears = ({ agreement }: Partner, telling: Telling, changed: readonly Change[]): boolean =>
  telling.agreement !== agreement.id || concerns(agreement.what, changed);

/**
 * What a correction says to everyone who was told of its event (28 CFR 23.20(h)): what it is now, as far as the agreement that is in force lets it
 * go. Where that ends, or the event is none of its business now, or was a false alarm, it is withdrawn. Whoever was told nothing that changed
 * hears nothing.
 */
export const wordsFor =
  (deps: CorrectDeps, { eventKey, by, at, changed }: EventCorrected) =>
  ({ event }: StoredEvent, shielded: boolean, known: readonly Telling[]): Saying[] =>
    known
      .filter((telling) => telling.by === undefined)
      .flatMap((telling) => partnerOf(deps, telling, eventKey).filter((partner) => hears(partner, telling, changed)))
      .map((partner) => ({
        partner,
        cut: mayBeTold(partner, event, deps.clock.now()) ? cut(partner.agreement.what, event, shielded) : undefined,
        by,
        at,
      }));
