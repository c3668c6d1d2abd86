import { errorFields, say } from '../../../shared/lambda/log.ts';
import type { LogSink } from '../../../shared/lambda/runtime.ts';
import type { Normal } from '../delivery.ts';
import type { Repeat } from './screened.ts';
import { sightingOf } from './sighting.ts';
import type { TurnstileDeps } from './turnstile.ts';

export interface DebounceDeps extends TurnstileDeps {
  log: LogSink;
}

export interface Debounced {
  firsts: Normal[];
  repeats: Repeat[];
  failed: Normal[];
}

/** The sighting of an event whose source says how long one lasts; undefined where nothing it says is a repeat. */
export const sightingIn = (specs: TurnstileDeps['specs'], { event }: Normal): string | undefined =>
  specs[event.source].debounceMs === undefined ? undefined : sightingOf(event);

const bySighting = (specs: TurnstileDeps['specs'], normals: Normal[]): { alone: Normal[]; sightings: Map<string, Normal[]> } => {
  const alone: Normal[] = [];
  const sightings = new Map<string, Normal[]>();
  for (const normal of normals) {
    const sighting = sightingIn(specs, normal);
    if (sighting === undefined) alone.push(normal);
    else sightings.set(sighting, [...(sightings.get(sighting) ?? []), normal]);
  }
  return { alone, sightings };
};

/** The event that claims a sighting first stands for it; others within its source's `debounceMs` are repeats of it, and a redelivery of it is not. */
export const debounce =
  ({ sources, specs, clock, log }: DebounceDeps) =>
  async (normals: Normal[]): Promise<Debounced> => {
    const { alone, sightings } = bySighting(specs, normals);
    const firsts = new Set(alone);
    const repeats: Repeat[] = [];
    const failed: Normal[] = [];
    const claim = async ([sighting, seen]: [string, Normal[]]): Promise<void> => {
      const [first] = seen as [Normal, ...Normal[]];
      const now = clock.now();
      try {
        const of = await sources.claim(sighting, first.key, now, now + (specs[first.event.source].debounceMs ?? 0));
        for (const normal of seen) {
          if (normal.key === of) firsts.add(normal);
          else repeats.push({ normal, of, sighting });
        }
      } catch (error) {
        say(log, 'warn', 'source.unjudged', { source: first.event.source, ...errorFields(error) });
        failed.push(...seen);
      }
    };
    await Promise.all([...sightings].map(claim));
    return { firsts: normals.filter((normal) => firsts.has(normal)), repeats, failed };
  };
