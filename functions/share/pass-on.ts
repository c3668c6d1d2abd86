import type { Partner } from '../../shared/contracts/agency.ts';
import type { Entry } from '../../shared/contracts/journal.ts';
import type { SharingNote, SharingWord } from '../../shared/contracts/sharing.ts';
import type { Cut } from '../../shared/domain/sharing/cut.ts';
import { sharedId, toldAs, withdrawnAs } from '../../shared/domain/sharing/outgoing.ts';
import type { OwnBus } from '../../shared/lambda/bus.ts';
import type { Clock } from '../../shared/lambda/runtime.ts';
import type { EventsStore, StoredEvent } from '../../shared/stores/events.ts';
import { type JournalStore, type Place, placeOf } from '../../shared/stores/journal.ts';
import type { SharingStore, Telling } from '../../shared/stores/sharing.ts';

export interface PassOnDeps {
  readonly events: Pick<EventsStore, 'standsAs' | 'at'>;
  readonly sharing: SharingStore;
  readonly journal: JournalStore;
  /** The bus that leads out, and nothing else. */
  readonly bus: OwnBus;
  /** The agency in whose name something is shared. */
  readonly home: string;
  readonly clock: Clock;
}

/** What is to be said to one partner of an event; a withdrawal says nothing of it. `by` and `at` are the correction's key and time. */
export interface Saying {
  readonly partner: Partner;
  readonly cut: Cut | undefined;
  readonly by?: string;
  readonly at?: string;
}

const wordOf = ({ cut, by }: Saying): SharingWord => (cut === undefined ? 'withdrawn' : by === undefined ? 'told' : 'corrected');

const isSame = ({ partner, by }: Saying, telling: Telling): boolean => telling.to === partner.id && telling.by === by;

/** 28 CFR 23.20(f): who was given what, why and when. Names of fields only: what stood in them stays where it is. */
const entryOf = (home: string, { key, node, event }: StoredEvent, saying: Saying): Entry => {
  const { partner, cut, by } = saying;
  const { id: agreement, purpose } = partner.agreement;
  return {
    kind: 'dissemination.recorded',
    actor: 'system/share',
    incidentId: event.incidentId,
    data: {
      recipient: partner.id,
      agreement,
      purpose,
      word: wordOf(saying),
      eventKey: key,
      sharedAs: sharedId(home, node),
      by,
      fields: cut?.fields ?? [],
      ...(cut && cut.withheld.length > 0 ? { withheld: cut.withheld } : {}),
    },
  };
};

const outgoing = (home: string, { node, event }: StoredEvent, saying: Saying, { stream, seq }: Place) => {
  const { partner, cut, by, at } = saying;
  const { id: agreement, purpose } = partner.agreement;
  const note: SharingNote = { recipient: partner.id, agreement, purpose, word: wordOf(saying), record: `${stream}/${seq}` };
  const word = { home, node, event, note, by, at };
  const detail = cut === undefined ? withdrawnAs(word) : toldAs(word, cut);
  return { type: detail.type, detail };
};

/** Records what is new of these, in one transaction that holds only while the event is as it was read; undefined where it is not, or another delivery was faster. */
const record = async (deps: PassOnDeps, stored: StoredEvent, sayings: readonly Saying[]): Promise<readonly Place[] | undefined> => {
  const { events, sharing, journal, home, clock } = deps;
  const done = await journal.commit(
    stored.event.incidentId ?? stored.node,
    sayings.map((saying) => entryOf(home, stored, saying)),
    (placed) => [
      events.standsAs(stored),
      ...sayings.map(({ partner, by }, index) =>
        sharing.tell(stored.node, { to: partner.id, by, agreement: partner.agreement.id, record: placeOf(placed[index]) }, clock.now()),
      ),
    ],
  );
  return done.ok ? done.entries.map(placeOf) : undefined;
};

/**
 * Says these words to the partners, each once: the dissemination is recorded first, and a crash between the record and the bus is mended by the
 * next delivery. `known` is what was told before. False where the event changed meanwhile: then it is to be looked at anew.
 */
export const passOn =
  (deps: PassOnDeps) =>
  async (stored: StoredEvent, sayings: readonly Saying[], known: readonly Telling[]): Promise<boolean> => {
    const { bus, home, journal, sharing } = deps;
    const before = (saying: Saying) => known.find((telling) => isSame(saying, telling));
    const fresh = sayings.filter((saying) => !before(saying));
    const places = fresh.length > 0 ? await record(deps, stored, fresh) : [];
    if (!places) return false;
    const placeFor = (saying: Saying): Place => before(saying)?.record ?? placeOf(places[fresh.indexOf(saying)]);
    const unsent = sayings.filter((saying) => !before(saying)?.sent);
    if (unsent.length === 0) return true;
    await bus.announce(...unsent.map((saying) => outgoing(home, stored, saying, placeFor(saying))));
    await journal.commit(
      stored.node,
      [],
      unsent.map(({ partner, by }) => sharing.sent(stored.node, { to: partner.id, by })),
    );
    return true;
  };
