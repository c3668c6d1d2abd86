import { describe, expect, test } from 'vitest';
import { normalise } from '../../../../functions/ingest/normalise.ts';
import type { Source } from '../../../../shared/contracts/vocabulary.ts';
import { matching } from '../../../../shared/domain/matching.ts';
import { workflows } from '../../../../workflows/index.ts';
import { only } from '../../../support/only.ts';
import { BUS_TIME, json, sample } from './reading.ts';

const started = matching(workflows);

/** Workflows that one event of a foreign feed would start, alone in its incident. */
const starts = (source: Source, detail: unknown): string[] => {
  const raw = { id: 'b-1', 'detail-type': 'feed', source, time: new Date(BUS_TIME).toISOString(), detail };
  const normal = only(normalise(raw, BUS_TIME));
  if (!normal.ok) throw new Error(normal.reason);
  const incident = { id: 'I1', change: 'opened' as const, sources: [source], independentSources: 1, events: 1, confidence: 0.9 };
  return started({ ...normal.event, incidentId: 'I1', incident }).map(({ name }) => name);
};

const warning = (...changes: readonly (readonly [string, string])[]) => ({
  xml: changes.reduce((xml, [from, to]) => xml.replaceAll(from, to), sample('flood-warning.cap.xml')),
});
const CODE = '<code>profile:test</code>';
const REFERENCES = `${CODE}<references>a@b.example,x1,2026-11-22T10:00:00-05:00</references>`;

describe('an alert', () => {
  test('that is actual, severe and imminent starts the response to a disaster, from those who warn us', () => {
    expect(starts('weather_service', warning())).toEqual(['natural-disaster-response']);
    expect(starts('emergency_mgmt', warning())).toEqual(['natural-disaster-response']);
    expect(starts('weather_service', json('nws-alert.json'))).toEqual(['natural-disaster-response']);
  });

  test('from a neighbour or a record system starts nothing', () => {
    expect(starts('partner_agency', warning())).toEqual([]);
    expect(starts('fusion_cloud', warning())).toEqual([]);
  });

  test.each<[string, readonly (readonly [string, string])[]]>([
    ['an exercise', [['<status>Actual', '<status>Exercise']]],
    ['a test', [['<status>Actual', '<status>Test']]],
    ['a draft', [['<status>Actual', '<status>Draft']]],
    ['a monthly test that calls itself actual', [['<value>FFW', '<value>RMT']]],
    [
      'a cancellation',
      [
        ['<msgType>Alert', '<msgType>Cancel'],
        [CODE, REFERENCES],
      ],
    ],
    [
      'an acknowledgement',
      [
        ['<msgType>Alert', '<msgType>Ack'],
        [CODE, REFERENCES],
      ],
    ],
    ['for the future', [['Immediate', 'Future']]],
    ['a moderate one', [['Severe', 'Moderate']]],
    [
      'about an abducted child',
      [
        ['<category>Met', '<category>Rescue'],
        ['<value>FFW', '<value>CAE'],
      ],
    ],
    [
      'about an officer’s attacker',
      [
        ['<category>Met', '<category>Security'],
        ['<value>FFW', '<value>BLU'],
      ],
    ],
    ['about a fire', [['<category>Met', '<category>Fire']]],
  ])('that is %s starts nothing', (_, changes) => {
    for (const source of ['weather_service', 'emergency_mgmt', 'partner_agency', 'fusion_cloud'] as const)
      expect(starts(source, warning(...changes))).toEqual([]);
  });
});

test('an earthquake starts nothing: what is to be done is said by an alert', () => {
  expect(starts('sensor_grid', json('quake.json'))).toEqual([]);
});

describe('an EIDO of shots fired', () => {
  test('starts what a call of our own does where our own CAD sends it, and nothing from a neighbour', () => {
    expect(starts('cad_system', json('eido.json'))).toEqual(['gunfire-response']);
    expect(starts('partner_agency', json('eido.json'))).toEqual([]);
  });
});

describe('an emergency button', () => {
  test('brings help to an officer, and nobody else’s brings anything', () => {
    const beacon = { xml: sample('beacon.cot.xml') };
    expect(starts('officer_safety', beacon)).toEqual(['officer-distress-response']);
    for (const source of ['drone_ops', 'robotics', 'partner_agency'] as const) expect(starts(source, beacon)).toEqual([]);
  });

  test('that is cancelled or an exercise brings nothing', () => {
    const xml = sample('beacon.cot.xml');
    expect(starts('officer_safety', { xml: xml.replace('b-a-o-tbl', 'b-a-o-can') })).toEqual([]);
    expect(starts('officer_safety', { xml: xml.replace('how="h-e"', 'how="h-e" opex="e"') })).toEqual([]);
  });
});
