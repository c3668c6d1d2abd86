import type { Correction } from '../../shared/contracts/correction.ts';
import { wordOn } from '../../shared/domain/corrected-word.ts';
import { correctionIn, uncorrectable } from '../../shared/domain/correction.ts';
import type { OwnBus } from '../../shared/lambda/bus.ts';
import type { Delivery } from '../../shared/lambda/doors.ts';
import { nodeOf } from '../../shared/lambda/ids.ts';
import { isFused, type StoredEvent } from '../../shared/stores/events.ts';
import type { Newcomer } from './accept.ts';
import { type AmendDeps, amend, factsAfter, withWord } from './amend.ts';
import { changesTold } from './announce.ts';
import { type BuryDeps, bury } from './bury.ts';
import { dropDuplicates } from './duplicates.ts';
import { factEntry } from './entries.ts';
import { type Forest, forest, type Told } from './fuse.ts';
import { join } from './join.ts';
import { around, type LookDeps, lookAgain, type Surroundings, seenOf } from './look.ts';
import { restate } from './restate.ts';
import { alsoLabelled, type SealDeps, seal } from './seal.ts';

export interface CorrectDeps extends AmendDeps, BuryDeps, LookDeps, SealDeps {
  clock: AmendDeps['clock'];
  bus: OwnBus;
}

/** `later`: the event that it corrects is not there yet, so its message is to come again. */
export type Outcome = 'done' | 'later';

const ATTEMPTS = 20;
/** An event that did not come within so many deliveries of its correction does not come. */
const PATIENCE = 4;
/** So many words on one event; they stand in its item. */
const MOST_WORDS = 20;

/** Rows where later and racing events look for the event as it will be: before it is so, as ever. */
const appear = ({ incidents }: CorrectDeps, stored: StoredEvent): Promise<void> => incidents.appear([seenOf(stored)]);

/** Unites the event, as it is now, with what it is related to now; a false alarm too, so that it does not matter which word on it came first. */
const relateAnew = async (deps: CorrectDeps, woods: Forest, stored: StoredEvent): Promise<Told[]> => {
  const surroundings: Surroundings = { near: new Map(), stored: new Map([[stored.node, stored]]) };
  await lookAgain(deps, surroundings, [stored]);
  return join(woods, stored, around(surroundings, stored));
};

/** What the event attested of an incident that it has left is attested of that no more. */
const withdraw = async ({ facts, journal, clock }: CorrectDeps, { event, node }: StoredEvent, from: string): Promise<void> => {
  const gone = factsAfter({ ...event, incidentId: from }, undefined, clock.now());
  if (gone.length === 0) return;
  await journal.commit(
    node,
    gone.map((fact) => factEntry(fact, from)),
    gone.map((fact) => facts.record(fact)),
  );
};

/** What follows from a word that is stored, on any delivery: its incident is made anew, new neighbours are found, and everybody hears. */
const follow = async (deps: CorrectDeps, stored: StoredEvent, correction: Correction, first: boolean): Promise<void> => {
  const { node, key } = stored;
  await appear(deps, stored);
  const woods = forest(deps, []);
  const was = await woods.incidentOf(node);
  const told = [...(first ? [] : [await woods.doneBefore(node)]), await woods.recut(node), ...(await relateAnew(deps, woods, stored))];
  const splits = told.flatMap((one) => one.splits);
  await restate(deps)(splits);
  const incident = await woods.incidentOf(node);
  const left = [was.id, String(stored.event.incidentId), ...splits.filter(({ members }) => members.includes(key)).map(({ from }) => from)];
  const incidents = [...new Set(left)];
  for (const id of incidents) if ((await deps.incidents.root(id)).incident.id !== incident.id) await withdraw(deps, stored, id);
  const parted = splits
    .filter(({ into }) => into !== incident.id)
    .map(({ into, members }) => ({ incidentId: into, members: [...members] }));
  const word = { ...wordOn(stored, correction, incident), incidents: [...new Set([...incidents, incident.id])], parted };
  await deps.bus.announce(...(word.changed.length > 0 ? [{ type: 'event.corrected', detail: word }] : []), ...changesTold(told));
};

/** Why this event cannot be corrected; undefined where it can. */
const refusal = ({ event, corrected }: StoredEvent): string | undefined =>
  uncorrectable(event) ?? ((corrected?.by.length ?? 0) >= MOST_WORDS ? `it was corrected ${MOST_WORDS} times: report it anew` : undefined);

/** A correction with the delivery that brought it. */
interface Word {
  readonly newcomer: Newcomer;
  readonly delivery: Delivery;
  readonly correction: Correction;
}

const refuse = async (deps: CorrectDeps, { raw }: Delivery, path: string, why: string): Promise<Outcome> => {
  await bury(deps)(raw, `${path}: ${why}`, path);
  return 'done';
};

const pathOf = ({ retracts }: Correction): string => (retracts ? 'data.retracts' : 'data.corrects');

/** It came before its event: it comes again, and in the end is buried. */
const early = async (deps: CorrectDeps, { delivery, correction }: Word): Promise<Outcome> => {
  if (Number(delivery.record.attributes.ApproximateReceiveCount) < PATIENCE) return 'later';
  return refuse(deps, delivery, pathOf(correction), `no event ${correction.of} is known, and none came in the meantime`);
};

/** First sight of a correction whose event stands; `again` where that changed meanwhile. */
const take = async (deps: CorrectDeps, { newcomer, delivery, correction }: Word, of: StoredEvent): Promise<Outcome | 'again'> => {
  const why = refusal(of);
  if (why) return refuse(deps, delivery, pathOf(correction), why);
  await appear(deps, withWord(of, correction));
  const stored = await amend(deps)(newcomer, of, correction);
  if (!stored) return 'again';
  await follow(deps, stored, correction, true);
  return 'done';
};

/** The word as it is kept, with the labels of the event that it is about. */
const sealedWord = async (deps: CorrectDeps, word: Word, of: StoredEvent): Promise<Word> => {
  const [newcomer = word.newcomer] = await seal(deps)([alsoLabelled(word.newcomer, of.event.restricted?.labels ?? [])]);
  const read = correctionIn(newcomer.event);
  return read.ok ? { ...word, newcomer, correction: read.correction } : word;
};

const attempt = async (deps: CorrectDeps, word: Word): Promise<Outcome | 'again'> => {
  const { newcomer, correction } = word;
  const { node, busId, event } = newcomer;
  const [known, of] = await Promise.all([deps.events.at(node), deps.events.at(nodeOf(correction.of))]);
  if (known && known.busId !== busId) {
    await dropDuplicates(deps)([{ ...newcomer, event: { ...event, incidentId: known.event.incidentId } }]);
    return 'done';
  }
  if (!of || !isFused(of)) return early(deps, word);
  const sealed = await sealedWord(deps, word, of);
  if (!known) return take(deps, sealed, of);
  await follow(deps, of, sealed.correction, false);
  return 'done';
};

/**
 * One correction: stored as the event it is, standing on the event it corrects, which is then related anew by what it says. It comes after its
 * event or not at all: one whose event is not there yet comes again, and in the end is buried with that reason.
 */
export const correct =
  (deps: CorrectDeps) =>
  async (newcomer: Newcomer, delivery: Delivery): Promise<Outcome> => {
    const read = correctionIn(newcomer.event);
    if (!read.ok) return refuse(deps, delivery, read.path, read.why);
    for (let tries = 0; tries < ATTEMPTS; tries += 1) {
      const outcome = await attempt(deps, { newcomer, delivery, correction: read.correction });
      if (outcome !== 'again') return outcome;
    }
    throw new Error(
      `Event ${read.correction.of} changed ${ATTEMPTS} times while it was being corrected; the message will be delivered again`,
    );
  };
