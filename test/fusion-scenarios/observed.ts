import type { NormalizedEvent } from '../../shared/contracts/event.ts';
import { EventData } from '../../shared/contracts/event.ts';
import { type Observation, observe } from '../../shared/domain/fusion/observation.ts';
import { normalised } from '../../shared/domain/normalise.ts';
import type { Scenario, Told } from './scenario.ts';

const START = Date.UTC(2026, 10, 21, 21);
const MIDDLE = { lat: 26.775, lon: -80.06 };
const METRES_PER_DEGREE = 111_195;

const locationOf = ({ where }: Told) => {
  if (!where) return undefined;
  const [north, east, radiusM] = where;
  const lon = MIDDLE.lon + east / (METRES_PER_DEGREE * Math.cos((MIDDLE.lat * Math.PI) / 180));
  return { lat: MIDDLE.lat + north / METRES_PER_DEGREE, lon, radiusM };
};

/** What was told as `ingest` normalises it. */
export const normal = (id: string, told: Told): NormalizedEvent => {
  const at = START + told.at * 1000;
  const entities = told.entities.map((entity) => {
    const [kind = '', ...rest] = entity.split('=');
    return { kind, id: rest.join('=') };
  });
  const data = EventData.parse({ ...told.data, location: locationOf(told), entities });
  const envelope = { specversion: '1.0' as const, id, source: told.source, type: told.type, time: new Date(at).toISOString(), data };
  return normalised(told.source, envelope, at, at + 1000 * Number(told.data['receivedAfter'] ?? 1));
};

/** An observation and the incident that it truly belongs to. */
export interface Labelled {
  readonly truth: string;
  readonly seen: Observation;
}

export const labelled = ({ incidents }: Scenario): Labelled[] =>
  Object.entries(incidents).flatMap(([truth, all]) =>
    all.map((told, n) => {
      const id = `${truth}-${n}`;
      return { truth, seen: observe(id, `${told.source}#${id}`, normal(id, told)) };
    }),
  );
