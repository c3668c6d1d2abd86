import type { Incident } from '../../shared/contracts/incident.ts';
import { isCorrection } from '../../shared/domain/correction.ts';
import { openedBy } from '../../shared/domain/opened.ts';
import type { OwnBus } from '../../shared/lambda/bus.ts';
import type { Delivery } from '../../shared/lambda/doors.ts';
import { nodeOf } from '../../shared/lambda/ids.ts';
import { packed } from '../../shared/lambda/packed.ts';
import type { StoredEvent } from '../../shared/stores/events.ts';
import { type AcceptDeps, type Accepted, accept, type Newcomer } from './accept.ts';
import { announcement, changesTold } from './announce.ts';
import { correct } from './correct.ts';
import type { Normal, Screen } from './delivery.ts';
import { dropDuplicates } from './duplicates.ts';
import { type Forest, forest, type Told } from './fuse.ts';
import { join } from './join.ts';
import { around, happens, isAlone, type LookDeps, lookAgain, lookAround, type Surroundings } from './look.ts';
import { type ReadableDeps, readable } from './readable.ts';
import { restate } from './restate.ts';
import { type SealDeps, seal } from './seal.ts';
import { type Joined, settle } from './settle.ts';

export interface IngestDeps extends AcceptDeps, ReadableDeps, LookDeps, SealDeps {
  bus: OwnBus;
  screen: Screen;
}

/** So many events one transaction takes; where messages carry several, a batch has more. */
const AT_ONCE = 10;

/** An event that is told of; a statement has no incident. */
interface Done {
  readonly stored: StoredEvent;
  readonly incident: Incident | undefined;
}

interface Fused {
  readonly joined: Joined[];
  readonly told: Told;
}

const newcomerOf = ({ delivery, key, event }: Normal): Newcomer => ({ key, node: nodeOf(key), event, busId: delivery.raw.id });

/** What a batch did, as it is to be told: what was part of another for a moment only, and stands again, was never merged. */
const outcome = async (woods: Forest, all: readonly Told[]): Promise<Told> => {
  const from = [...new Set(all.flatMap(({ merges }) => merges.map((merge) => merge.from)))];
  const merges = await Promise.all(from.map(async (id) => ({ into: (await woods.incidentOf(id)).id, from: id })));
  return { merges: merges.filter((merge) => merge.into !== merge.from), splits: all.flatMap(({ splits }) => splits) };
};

/** Unites what is related, and files what had to wait for it. Returns those events as they are now, with their incidents, and what was merged away. */
const fuse = async (deps: IngestDeps, { fresh, met, again, stored }: Accepted, surroundings: Surroundings): Promise<Fused> => {
  for (const [node, one] of stored) surroundings.stored.set(node, one);
  const [first, second] = [fresh.filter(({ fused }) => !fused), again.filter(happens)];
  await lookAgain(deps, surroundings, [...first.filter(({ node }) => met.has(node)), ...second]);
  const woods = forest(
    deps,
    first.map(({ node }) => node),
  );
  const told: Told[] = [];
  for (const one of [...first, ...second]) {
    if (second.includes(one)) told.push(await woods.doneBefore(one.node));
    told.push(...(await join(woods, one, around(surroundings, one))));
  }
  const said = await outcome(woods, told);
  await restate(deps)(said.splits);
  const joined = await settle(deps, woods)([...first, ...second], new Set(second.map(({ node }) => node)));
  return { joined, told: said };
};

/** An event that was fused as it was stored: it opened its incident, or it is a statement and has none. */
const atOnce = (stored: StoredEvent): Done => ({
  stored,
  incident: happens(stored) ? openedBy(stored.node, stored.key, stored.event) : undefined,
});

/** Events that say what happened or what is: stored, united with what they are related to, and told. */
const take = async (deps: IngestDeps, came: readonly Newcomer[]): Promise<void> => {
  const newcomers = await seal(deps)(came);
  const surroundings = await lookAround(deps, newcomers);
  const accepted = await accept(deps)(newcomers, isAlone(surroundings, newcomers));
  const { joined, told } = await fuse(deps, accepted, surroundings);
  await dropDuplicates(deps)(accepted.duplicates);
  const done = [...accepted.fresh.filter(({ fused }) => fused), ...accepted.again.filter((one) => !happens(one))].map(atOnce);
  await deps.bus.announce(...[...done, ...joined].map(({ stored, incident }) => announcement(stored, incident)), ...changesTold([told]));
};

/**
 * Raw events of the bus, a batch at once: normalise → screen → seal → be seen → look around → accept → unite → settle → announce, and then what
 * corrects earlier events. Every delivery may be the second one, and the first may have been cut short anywhere.
 */
export const ingest =
  (deps: IngestDeps) =>
  async (deliveries: readonly Delivery[]): Promise<readonly string[]> => {
    const { pass, failed } = await deps.screen(await readable(deps, deliveries));
    const happenings = pass.filter(({ event }) => !isCorrection(event));
    for (const some of packed(happenings.map(newcomerOf), { most: AT_ONCE })) await take(deps, some);
    const later = new Set(failed.map(({ delivery }) => delivery.record.messageId));
    for (const normal of pass)
      if (isCorrection(normal.event) && (await correct(deps)(newcomerOf(normal), normal.delivery)) === 'later')
        later.add(normal.delivery.record.messageId);
    return [...later];
  };
