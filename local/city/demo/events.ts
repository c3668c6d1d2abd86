import type { BusEntry } from '../../client/bus.ts';
import { envelope } from '../../client/envelope.ts';

/** The story's three reports. Everything in them is invented. */
export interface Report {
  /** Milliseconds after the story's start. */
  readonly afterMs: number;
  readonly told: string;
  /** As SWOE names the event: `<source>#<id>`. */
  readonly key: string;
  readonly entry: BusEntry;
}

const shot = { lat: 26.7751, lon: -80.0607, radiusM: 25 };
const secondShot = { lat: 26.7754, lon: -80.0612, radiusM: 25 };
const caller = { lat: 26.7749, lon: -80.0603, radiusM: 60 };

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
export const reports = (run: string, began: number): Report[] => {
  const heard = (afterMs: number, told: string, n: number, location: object, detector: string, confidence: number): Report =>
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
        detector,
        summary: 'A shot was heard and reviewed',
      },
    });
  return [
    heard(0, 'The acoustic sensor at 19th Street hears a shot; a reviewer confirms it (confidence 0.93).', 1, shot, 'RB-SHOT-01', 0.93),
    heard(400, 'The sensor at Avenue O hears another, 400 ms later.', 2, secondShot, 'RB-SHOT-02', 0.88),
    report(began, {
      afterMs: 6000,
      told: 'A caller tells 911 of shots fired near 19th Street.',
      source: 'cad_system',
      type: 'call.shots-fired',
      id: `demo-${run}-call`,
      data: {
        priority: 'CRITICAL',
        location: caller,
        confidence: 0.8,
        entities: [{ kind: 'cad-incident', id: `RB-DEMO-${run}` }],
        summary: 'Caller reports shots fired',
      },
    }),
  ];
};
