import type { BusEntry } from '../../../client/bus.ts';
import { envelope } from '../../../client/envelope.ts';
import { rounded } from '../geo.ts';
import type { Spot } from './spot.ts';

/** The story's three reports. Everything in them is invented. */
export interface Report {
  /** Milliseconds after the story's start. */
  readonly afterMs: number;
  readonly told: string;
  /** As SWOE names the event: `<source>#<id>`. */
  readonly key: string;
  readonly entry: BusEntry;
}

/** Metres north and east of the spot, and the error radius: what each reporter makes of the same place. */
const at = ({ lat, lon }: Spot, north: number, east: number, radiusM: number) => ({
  ...rounded({ lat: lat + north / 111_195, lon: lon + east / 99_300 }),
  radiusM,
});

interface Saying {
  readonly afterMs: number;
  readonly told: string;
  readonly source: 'gunshot_detection' | 'cad_system';
  readonly type: string;
  readonly id: string;
  readonly data: Record<string, unknown>;
}

const report = (began: number, { afterMs, told, source, type, id, data }: Saying): Report => ({
  afterMs,
  told,
  key: `${source}#${id}`,
  entry: { source, type, detail: envelope({ id, source, type, at: began + afterMs, data }) },
});

/** `run` makes the ids those of this telling; `began` is in milliseconds since the epoch. */
export const reports = (spot: Spot, run: string, began: number): Report[] => {
  const heard = (afterMs: number, told: string, n: number, location: object, confidence: number): Report =>
    report(began, {
      afterMs,
      told,
      source: 'gunshot_detection',
      type: 'gunshot.detected',
      id: `demo-${run}-shot-${n}`,
      data: {
        priority: 'CRITICAL',
        location,
        confidence,
        reviewed: true,
        rounds: 'single',
        summary: 'A shot was heard and reviewed',
      },
    });
  return [
    heard(0, `An acoustic sensor near ${spot.name} hears a shot; a reviewer confirms it (confidence 0.93).`, 1, at(spot, 0, 0, 25), 0.93),
    heard(400, 'A second sensor hears another, 400 ms later.', 2, at(spot, 30, -45, 25), 0.88),
    report(began, {
      afterMs: 6000,
      told: `A caller tells 911 of shots fired near ${spot.name}.`,
      source: 'cad_system',
      type: 'call.shots-fired',
      id: `demo-${run}-call`,
      data: {
        priority: 'CRITICAL',
        location: at(spot, -20, 40, 60),
        confidence: 0.8,
        entities: [{ kind: 'cad-incident', id: `RB-DEMO-${run}` }],
        summary: 'Caller reports shots fired',
      },
    }),
  ];
};
