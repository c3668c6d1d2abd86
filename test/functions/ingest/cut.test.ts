import { describe, expect, test } from 'vitest';
import { cut } from '../../../functions/ingest/cut.ts';
import type { IncidentGroup } from '../../../shared/contracts/incident.ts';
import { openedBy } from '../../../shared/domain/opened.ts';
import type { StoredEvent } from '../../../shared/stores/events.ts';
import { normal } from '../../fusion-scenarios/observed.ts';
import { told } from '../../fusion-scenarios/scenario.ts';

const REASON = { rule: 'GEOLOCATION', with: 'gunshot_detection#b', values: {} };
const PLACE = { stream: 's', seq: 1 };

/** A shot so many seconds after the first and metres north of it, filed under `incidentId`, and received so many seconds later. */
const shot = (id: string, at: number, north: number, incidentId?: string, receivedAfter = 1): StoredEvent => ({
  key: `gunshot_detection#${id}`,
  node: id,
  event: { ...normal(id, told('gunshot_detection', 'gunshot.detected', at, [north, 0, 25], { receivedAfter })), incidentId },
  busId: id,
  accepted: PLACE,
});

const groupOf = (stored: StoredEvent[], more: Partial<IncidentGroup> = {}): IncidentGroup => {
  const [first] = stored as [StoredEvent];
  return {
    incident: openedBy(first.node, first.key, first.event),
    members: stored.map(({ node }) => node),
    known: [first.node],
    lost: [],
    ...more,
  };
};

describe('two incidents that one event connects', () => {
  const south = [shot('a', 0, 0, 'a'), shot('b', 200, 150, 'a')];
  const north = [shot('d', 900, 1000, 'd'), shot('e', 1000, 1100, 'd')];
  const between = shot('c', 600, 500);

  test('stay two where together they outgrow the span, and nobody is told that they were one', () => {
    const { groups, merges, splits } = cut([groupOf([...south, between]), groupOf(north)], [...south, between, ...north], REASON);
    expect(groups.map(({ incident, members }) => [incident.id, members])).toEqual([
      ['a', ['a', 'b', 'c']],
      ['d', ['d', 'e']],
    ]);
    expect([merges, splits]).toEqual([[], []]);
    expect(groups.map(({ incident }) => incident.events)).toEqual([3, 2]);
  });

  test('say what was merged where one becomes part of the other', () => {
    const near = [shot('d', 500, 300, 'd')];
    const { groups, merges } = cut([groupOf(south), groupOf(near)], [...south, ...near], REASON);
    expect(groups).toHaveLength(1);
    expect(groups[0]).toMatchObject({ incident: { id: 'a' }, known: ['a', 'd'] });
    expect(merges).toEqual([{ into: 'a', from: 'd' }]);
  });

  test('say nothing of one that nobody was told of', () => {
    const near = [shot('d', 500, 300)];
    const { groups, merges } = cut([groupOf(south), groupOf(near, { known: [] })], [...south, ...near], REASON);
    expect([groups[0]?.known, merges]).toEqual([['a'], []]);
  });
});

describe('an incident that outgrows its span', () => {
  test('loses members to an incident of their own, by name, and knows where they went', () => {
    const street = [0, 1, 2, 3, 4, 5].map((n) => shot(String.fromCharCode(97 + n), n * 120, n * 150, 'a'));
    const late = shot('g', 720, 900);
    const { groups, splits } = cut([groupOf(street), groupOf([late], { known: [] })], [...street, late], REASON);
    expect(groups.map(({ incident }) => incident.id)).toEqual(['a', 'g']);
    expect(splits).toEqual([]);
    const early = shot('0', -120, -150, undefined, 3600);
    const recut = cut([...groups, groupOf([early], { known: [] })], [...street, late, early], REASON);
    expect(recut.groups.map(({ incident, members, known, lost }) => [incident.id, members.length, known, lost])).toEqual([
      ['a', 6, ['a'], ['f']],
      ['f', 2, ['f', 'g'], []],
    ]);
    expect(recut.merges).toEqual([{ into: 'f', from: 'g' }]);
    expect(recut.splits).toEqual([{ from: 'a', into: 'f', members: ['gunshot_detection#f'] }]);
  });

  test('tells of who was filed under a name that is a part of its own again', () => {
    const [a, b, c] = [shot('a', 0, 0, 'a'), shot('b', 200, 700, 'z'), shot('z', 400, 1300, 'z')];
    const { splits } = cut([groupOf([a, b, c], { known: ['a', 'z'] })], [a, b, c], REASON);
    expect(splits).toContainEqual({ from: 'z', into: 'a', members: ['gunshot_detection#b'] });
  });
});
