import { describe, expect, it } from 'vitest';
import type { BusEntry } from '../../../client/bus.ts';
import { normalise } from '../../../functions/ingest/normalise.ts';
import { metres } from '../../../local/city/geo.ts';
import { scenarios } from '../../../local/city/scenarios/index.ts';
import { facts, report, type Scenario } from '../../../local/city/scenarios/scenario.ts';
import type { NormalizedEvent } from '../../../shared/contracts/event.ts';
import { independentSources } from '../../../shared/domain/independent.ts';
import { matching } from '../../../shared/domain/matching.ts';
import { factRefusal } from '../../../shared/policy/facts.ts';
import { familyOf } from '../../../shared/sources/index.ts';
import { workflows } from '../../../workflows/index.ts';
import { only } from '../../support/only.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const playing = { run: 'T1' };

const read = ({ source, type, detail }: BusEntry): NormalizedEvent => {
  const raw = { id: 'bus-1', source, 'detail-type': type, time: new Date(NOW).toISOString(), detail };
  const normal = only(normalise(raw as unknown as Parameters<typeof normalise>[0], NOW));
  if (!normal.ok) throw new Error(normal.reason);
  return normal.event;
};

const started = (scenario: Scenario, nth: number): string[] => {
  const events = scenario.events.slice(0, nth + 1).map((_, at) => read(report(scenario, at, playing, NOW)));
  const sources = [...new Set(events.map(({ source }) => source))];
  const confidence = Math.max(...events.map((one) => one.confidence));
  const incident = {
    id: 'I-1',
    change: 'joined' as const,
    sources,
    independentSources: independentSources(sources),
    events: events.length,
    confidence,
  };
  const event = events[nth];
  return event ? matching(workflows)({ ...event, incidentId: 'I-1', incident }).map(({ name }) => name) : [];
};

describe.each(scenarios.map((scenario) => [scenario.workflow, scenario] as const))('the scenario of %s', (name, scenario) => {
  it('opens an incident that starts nothing, and its next event starts this workflow alone', () => {
    expect(started(scenario, 0)).toEqual([]);
    expect(started(scenario, 1)).toEqual([name]);
  });

  it('is one incident: all its events carry one CAD number', () => {
    const numbers = scenario.events.map((_, at) => read(report(scenario, at, playing, NOW)).entities[0]);
    expect(new Set(numbers.map((entity) => JSON.stringify(entity))).size).toBe(1);
    expect(numbers[0]).toMatchObject({ kind: 'cad-incident' });
  });

  it('has every fact stated by somebody who may', () => {
    const refusals = facts(scenario, 'I-1', playing, NOW).map((entry) => factRefusal(read(entry)));
    expect(refusals.filter((refusal) => refusal !== undefined)).toEqual([]);
  });
});

it('what two scenarios open is never taken for one incident', () => {
  const openings = scenarios.flatMap(({ workflow, spot, events }) =>
    events.map(({ type }) => ({ workflow, spot, family: familyOf(type) })),
  );
  const mixed = openings.flatMap((one) =>
    openings
      .filter((other) => other.workflow > one.workflow && other.family === one.family && metres(other.spot, one.spot) <= 550)
      .map((other) => `${one.workflow} and ${other.workflow}`),
  );
  expect(mixed).toEqual([]);
});
