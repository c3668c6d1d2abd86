import type { Partner } from '../../shared/contracts/agency.ts';
import { EventCorrected } from '../../shared/contracts/correction.ts';
import { eventKey, NormalizedEvent } from '../../shared/contracts/event.ts';
import { mayBeTold } from '../../shared/domain/sharing/agreed.ts';
import { cut } from '../../shared/domain/sharing/cut.ts';
import { isShielded } from '../../shared/domain/sharing/shielded.ts';
import type { BusEvent } from '../../shared/lambda/doors.ts';
import { nodeOf } from '../../shared/lambda/ids.ts';
import type { LogSink } from '../../shared/lambda/runtime.ts';
import type { StoredEvent } from '../../shared/stores/events.ts';
import type { FactsStore } from '../../shared/stores/facts.ts';
import type { Telling } from '../../shared/stores/sharing.ts';
import { wordsFor } from './correct.ts';
import { type PassOnDeps, passOn, type Saying } from './pass-on.ts';

export interface ShareDeps extends PassOnDeps {
  readonly facts: Pick<FactsStore, 'about'>;
  readonly partners: readonly Partner[];
  readonly log: LogSink;
}

const ATTEMPTS = 10;

/** What is to be said of an event as it is stored now, by what was told of it before. */
type Plan = (stored: StoredEvent, shielded: boolean, known: readonly Telling[]) => readonly Saying[];

/** An event to everyone whose agreement lets it go, once. */
const firstWords =
  ({ partners, clock }: ShareDeps): Plan =>
  ({ event }, shielded) =>
    partners
      .filter((partner) => mayBeTold(partner, event, clock.now()))
      .map((partner) => ({ partner, cut: cut(partner.agreement.what, event, shielded) }));

/** A correction to everyone who was told; and where the event becomes somebody's business by it, the event. */
const laterWords = (deps: ShareDeps, word: EventCorrected): Plan => {
  const [first, later] = [firstWords(deps), wordsFor(deps, word)];
  return (stored, shielded, known) => [
    ...later(stored, shielded, known),
    ...first(stored, shielded, known).filter(({ partner }) => !known.some(({ to }) => to === partner.id)),
  ];
};

/** Whether it is about somebody whom no agreement makes known, by what is known of its incident as it was filed and as it is. */
const shieldedBy = async ({ facts, clock }: ShareDeps, { event }: StoredEvent, incidentId: string | undefined): Promise<boolean> => {
  const ids = new Set([event.incidentId, incidentId].filter((id) => id !== undefined));
  return isShielded(event, await facts.about([...ids].map((id) => `incident/${id}`)), clock.now());
};

/** Looks at the event until what was read of it still holds when its telling is recorded. */
const tell = async (deps: ShareDeps, key: string, incidentId: string | undefined, plan: Plan): Promise<void> => {
  for (let tries = 0; tries < ATTEMPTS; tries += 1) {
    const stored = await deps.events.at(nodeOf(key));
    if (!stored) throw new Error(`Event ${key} is told of and not stored; the message will be delivered again`);
    const known = await deps.sharing.of(stored.node);
    if (await passOn(deps)(stored, plan(stored, await shieldedBy(deps, stored, incidentId), known), known)) return;
  }
  throw new Error(`Event ${key} changed ${ATTEMPTS} times while it was being shared; the message will be delivered again`);
};

/** What happened, and what it turned out not to have been, to the agencies that an agreement tells: nobody hears more than it says. */
export const share =
  (deps: ShareDeps) =>
  async ({ 'detail-type': type, detail }: BusEvent): Promise<void> => {
    if (type === 'event.corrected') {
      const word = EventCorrected.parse(detail);
      return tell(deps, word.eventKey, word.event.incidentId, laterWords(deps, word));
    }
    const event = NormalizedEvent.parse(detail);
    return tell(deps, eventKey(event), event.incidentId, firstWords(deps));
  };
