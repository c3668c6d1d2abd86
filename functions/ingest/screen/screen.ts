import type { Source } from '../../../shared/contracts/vocabulary.ts';
import { errorFields, say } from '../../../shared/lambda/log.ts';
import type { Normal } from '../delivery.ts';
import { type DebounceDeps, debounce } from './debounce.ts';
import { laneOf } from './lanes.ts';
import type { Judged } from './screened.ts';
import { turnOf } from './turns.ts';
import { isAgain, type Queueing, turnstile } from './turnstile.ts';

const nothing = (): Judged => ({ pass: [], later: [], shed: [], repeats: [], done: [], failed: [] });

const add = (to: Judged, more: Partial<Judged>): void => {
  for (const list of Object.keys(more) as (keyof Judged)[]) (to[list] as unknown[]).push(...(more[list] ?? []));
};

const busIdOf = ({ delivery }: Normal): string => delivery.raw.id;

const waits = ({ event }: Normal): boolean => laneOf(event, false).waits;

const without = (normals: Normal[], ...lists: Normal[][]): Normal[] => {
  const out = new Set(lists.flat());
  return normals.filter((normal) => !out.has(normal));
};

/** Who comes back with a turn was charged for it and is not charged again; whose turn lies beyond a queue's longest delay waits once more. */
const returned = (normals: Normal[], now: number): Partial<Judged> => {
  const due = (normal: Normal): number => turnOf(normal.delivery) ?? 0;
  return {
    pass: normals.filter((normal) => due(normal) <= now),
    later: normals.filter((normal) => due(normal) > now).map((normal) => ({ normal, turn: due(normal) })),
  };
};

const bySource = (firsts: Normal[], repeats: Judged['repeats']): Queueing[] => {
  const parts = new Map<Source, Queueing>();
  const of = (source: Source): Queueing => {
    const part = parts.get(source) ?? { source, normals: [], repeats: [] };
    parts.set(source, part);
    return part;
  };
  for (const normal of firsts) of(normal.event.source).normals.push(normal);
  for (const repeat of repeats) of(repeat.normal.event.source).repeats.push(repeat);
  return [...parts.values()];
};

/**
 * Between normalise and accept: repeats of one observation are one, each source keeps to its pace, and where more of it would have
 * to wait than may, the lowest priority is shed. CRITICAL passes at once, whatever happens to the table that this is counted in.
 */
export const screen = (deps: DebounceDeps) => {
  const through = turnstile(deps);

  const onePart = async (part: Queueing): Promise<Partial<Judged>> => {
    try {
      return await through(part);
    } catch (error) {
      say(deps.log, 'warn', 'source.unjudged', { source: part.source, ...errorFields(error) });
      return { pass: without(part.normals, part.normals.filter(waits)), failed: part.normals.filter(waits) };
    }
  };

  /** A message that came before may have been dropped then. What never waits is never dropped, and asks nobody. */
  const dropped = async (normals: Normal[]): Promise<Pick<Judged, 'done' | 'failed'>> => {
    const again = normals.filter((normal) => isAgain(normal) && waits(normal));
    if (again.length === 0) return { done: [], failed: [] };
    try {
      const known = await deps.sources.droppedAmong(again.map(busIdOf));
      return { done: again.filter((normal) => known.has(busIdOf(normal))), failed: [] };
    } catch (error) {
      say(deps.log, 'warn', 'source.unjudged', errorFields(error));
      return { done: [], failed: again };
    }
  };

  return async (normals: Normal[]): Promise<Judged> => {
    const all = nothing();
    const back = normals.filter((normal) => turnOf(normal.delivery) !== undefined);
    add(all, returned(back, deps.clock.now()));
    const ended = await dropped(without(normals, back));
    add(all, ended);
    const { firsts, repeats, failed } = await debounce(deps)(without(normals, back, ended.done, ended.failed));
    add(all, { repeats, failed });
    for (const part of await Promise.all(bySource(firsts, repeats).map(onePart))) add(all, part);
    return all;
  };
};
