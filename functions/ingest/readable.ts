import type { Delivery } from '../../shared/lambda/doors.ts';
import { packed } from '../../shared/lambda/packed.ts';
import { factRefusal } from '../../shared/policy/facts.ts';
import { type AgencyAccounts, inItsName } from './agency.ts';
import { type BuryDeps, bury } from './bury.ts';
import type { Normal } from './delivery.ts';
import { type Normalised, normalise } from './normalise.ts';
import { partsOf } from './parts.ts';
import { isBackFor } from './screen/turns.ts';
import { foreignRefusal, type Speakers } from './speaker.ts';

export interface ReadableDeps extends BuryDeps {
  speakers: Speakers;
  agencies: AgencyAccounts;
  countRefused: (refused: readonly Delivery[]) => Promise<void>;
}

/** So many letters are written at a time: a message may carry a hundred broken events. */
const AT_ONCE = 10;

interface Refused {
  readonly delivery: Delivery;
  readonly reason: string;
  readonly path: string;
}

/** What is believed is asked here too: who may not state a fact has stated nothing. */
const refusalOf = (one: Normalised): Pick<Refused, 'reason' | 'path'> | undefined => {
  if (!one.ok) return one;
  const reason = factRefusal(one.event);
  return reason === undefined ? undefined : { reason, path: 'data.fact' };
};

/** What each event of a message is said to be, with its own delivery; one that had its answer when its message came first is left out. */
const spoken = ({ speakers, agencies }: ReadableDeps, whole: Delivery, now: number): { delivery: Delivery; said: Normalised }[] => {
  const foreign = foreignRefusal(speakers, whole);
  const all: readonly Normalised[] = foreign
    ? [{ ok: false, path: 'source', reason: foreign }]
    : normalise(whole.raw, now).map((one) => inItsName(agencies, whole, one));
  return partsOf(whole, all.length).flatMap((delivery, at) => {
    const said = all[at];
    return said && isBackFor(delivery) ? [{ delivery, said }] : [];
  });
};

/** The events that deliveries speak of, each with a delivery of its own; the others are buried with the reason, and count as errors of their source. */
export const readable = async (deps: ReadableDeps, deliveries: readonly Delivery[]): Promise<Normal[]> => {
  const normals: Normal[] = [];
  const refused: Refused[] = [];
  for (const { delivery, said } of deliveries.flatMap((whole) => spoken(deps, whole, deps.clock.now()))) {
    const refusal = refusalOf(said);
    if (refusal) refused.push({ delivery, ...refusal });
    else if (said.ok) normals.push({ delivery, key: said.key, event: said.event });
  }
  for (const some of packed(refused, { most: AT_ONCE }))
    await Promise.all(some.map(({ delivery, reason, path }) => bury(deps)(delivery.raw, reason, path)));
  await deps.countRefused(refused.map(({ delivery }) => delivery));
  return normals;
};
