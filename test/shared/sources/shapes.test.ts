import { test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { normalise } from '../../../functions/ingest/normalise.ts';
import { ROSTER } from '../../../local/city/roster.ts';
import { scenarios } from '../../../local/city/scenarios/index.ts';
import { facts, report } from '../../../local/city/scenarios/scenario.ts';
import { heartbeat, unitStatus } from '../../../local/city/statements.ts';
import { Source } from '../../../shared/contracts/vocabulary.ts';
import { profileOf, sources, typeOf } from '../../../shared/sources/index.ts';
import { mutated } from '../../support/mutate.ts';
import { only } from '../../support/only.ts';

const NOW = Date.UTC(2026, 10, 22, 17);
const onBus = (source: string, type: string, detail: unknown) =>
  only(
    normalise(
      { id: 'bus-1', source, 'detail-type': type, time: new Date(NOW).toISOString(), detail } as Parameters<typeof normalise>[0],
      NOW,
    ),
  );
const envelope = (source: string, type: string, data: unknown) => ({ specversion: '1.0', id: 'e-1', source, type, data });

const declared = Source.options.flatMap((source) =>
  Object.entries(sources[source].types ?? {}).map(([type, spec]) => ({ source, type, spec })),
);

describe('what a source declares of its types', () => {
  it('there is something for each of the 25, so nobody has to guess what to send', () => {
    expect(Source.options.filter((source) => Object.keys(sources[source].types ?? {}).length === 0)).toEqual([]);
  });

  it.each(declared)('$source may say $type as its example says it', ({ source, type, spec }) => {
    const normal = onBus(source, type, envelope(source, type, spec.example));
    expect(normal).toMatchObject({ ok: true, event: { type } });
    const { categories } = sources[source];
    if (categories !== 'any') expect(categories).toContain(profileOf(source, type).category);
  });

  it.each(declared)('the shape of $type of $source refuses something', ({ source, type, spec }) => {
    const broken = Object.keys(spec.example).some((name) => {
      const normal = onBus(source, type, envelope(source, type, { ...spec.example, [name]: { a: [[]] } }));
      return !normal.ok && normal.path?.startsWith(`data.${name}`);
    });
    expect(broken).toBe(true);
  });
});

describe('a shape is refused by the field that breaks it', () => {
  it.each([
    ['weather_service', 'weather.alert', { status: 'actual' }, 'data.status'],
    ['gunshot_detection', 'gunshot.detected', { rounds: 'many' }, 'data.rounds'],
    ['cyber_intel', 'cyber.incident', { severity: 9 }, 'data.severity'],
    ['cyber_intel', 'cyber.incident', {}, 'data.severity'],
    ['drone_ops', 'unit.status', { unit: { id: 'd', type: 'DRONE', status: 'GONE' }, location: { lat: 1, lon: 1 } }, 'data.unit.status'],
    [
      'drone_ops',
      'unit.status',
      { unit: { id: 'd', type: 'DRONE', status: 'BUSY' }, location: { lat: 1, lon: 1 }, telemetry: { batteryPct: 181 } },
      'data.telemetry.batteryPct',
    ],
    ['dispatch', 'unit.status', { unit: { id: 'o', type: 'OFFICER', status: 'BUSY' } }, 'data.location'],
    ['sensor_grid', 'sensor.reading', { sensor: 's', metric: 'water-level', value: 1 }, 'data.unit'],
    ['human_stability', 'stability.screened', { screen: 'crisis', level: 'HIGH', validH: 48 }, 'data.validH'],
    [
      'predictive_intel',
      'prediction.made',
      { about: 'place', score: 0.9, horizonH: 24, entities: [{ kind: 'person-name', id: 'somebody' }] },
      'data.entities.0.kind',
    ],
  ])('%s %s %j', (source, type, data, path) => {
    const normal = onBus(source, type, envelope(source, type, data));
    expect(normal).toMatchObject({ ok: false, path, reason: expect.stringContaining(`${path}: `) });
  });

  it('a type that the source did not declare passes as it is, and so does a field that no shape names', () => {
    expect(onBus('cad_system', 'call.boat-fire', envelope('x', 'call.boat-fire', { rounds: 'many' }))).toMatchObject({ ok: true });
    expect(onBus('gunshot_detection', 'gunshot.detected', envelope('x', 'gunshot.detected', { sensorModel: 7 }))).toMatchObject({
      ok: true,
      event: { data: { sensorModel: 7 } },
    });
  });

  it('a shot is taken without a place, a confidence or a count: it is still a shot', () => {
    expect(onBus('gunshot_detection', 'gunshot.detected', envelope('x', 'gunshot.detected', {}))).toMatchObject({ ok: true });
  });
});

describe('what the city says today', () => {
  it.each(scenarios)('passes: $workflow', (scenario) => {
    const playing = { run: 'r1' };
    const said = [...scenario.events.map((_, nth) => report(scenario, nth, playing, NOW)), ...facts(scenario, 'I1', playing, NOW)];
    for (const { source, type, detail } of said) expect(onBus(source, type, detail)).toMatchObject({ ok: true });
  });

  it('passes: every unit and every heartbeat', () => {
    for (const unit of ROSTER) {
      const { source, type, detail } = unitStatus(unit, { status: 'AVAILABLE', place: unit.home }, 'registered', 'r1', NOW);
      expect(onBus(source, type, detail)).toMatchObject({ ok: true });
    }
    for (const subsystem of Source.options) {
      const { source, type, detail } = heartbeat(subsystem, 'r1', NOW);
      expect(onBus(source, type, detail)).toMatchObject({ ok: true });
    }
  });
});

const samples = declared.map(({ source, type, spec }) => ({ source, detail: envelope(source, type, spec.example) }));

test.prop([mutated(samples)], { numRuns: 1500 })('a mutated example is taken or refused with a place, and nothing else', (sample) => {
  const { source, detail } = sample as { source: unknown; detail?: unknown };
  const normal = onBus(Source.safeParse(source).data ?? 'dispatch', 'x.y', detail);
  if (!normal.ok) expect(normal).toMatchObject({ path: expect.any(String), reason: expect.stringMatching(/\S/) });
  else expect(normal.key).toContain(normal.event.id);
});

it('no name that every object has is a type', () => {
  for (const name of ['constructor', '__proto__', 'toString']) expect(typeOf(sources.dispatch, name)).toBeUndefined();
});
