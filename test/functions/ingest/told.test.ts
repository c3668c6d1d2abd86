import { expect, test } from 'vitest';
import { accept, type Newcomer } from '../../../functions/ingest/accept.ts';
import { forest } from '../../../functions/ingest/fuse.ts';
import { normalise } from '../../../functions/ingest/normalise.ts';
import { settle } from '../../../functions/ingest/settle.ts';
import { nodeOf } from '../../../shared/lambda/ids.ts';
import { only } from '../../support/only.ts';
import { gunshot, raw, rooms } from '../../support/rooms.ts';

const newcomer = (id: string, now: number): Newcomer => {
  const message = raw('gunshot_detection', gunshot(id));
  const normal = only(normalise(message, now));
  if (!normal.ok) throw new Error(normal.reason);
  return { key: normal.key, node: nodeOf(normal.key), event: normal.event, busId: message.id };
};

const REASON = { rule: 'GEOLOCATION', with: 'gunshot_detection#older', values: {} };

/** An older event that is an incident, and a younger one that is stored and waits; two deliveries of the younger one are at work. */
const scene = async () => {
  const { stores, scheduler } = rooms();
  const deps = { ...stores };
  const [older, younger] = [newcomer('older', scheduler.now() - 1000), newcomer('younger', scheduler.now())];
  await accept(deps)([older], () => true);
  const { fresh } = await accept(deps)([younger], () => false);
  const [first, second] = [forest(deps, [younger.node]), forest(deps, [])];
  return { deps, older, younger, fresh, first, second };
};

test('what one delivery has told, another does not merge away in silence', async () => {
  const { deps, older, younger, fresh, first, second } = await scene();
  await first.root(younger.node);
  const [told] = await settle(deps, second)(fresh, new Set([younger.node]));
  expect(told?.incident.id).toBe(younger.node);
  const merge = await first.unite(younger.node, older.node, REASON);
  expect(merge).toEqual({ merges: [{ into: older.node, from: younger.node }], splits: [] });
  expect(await deps.incidents.absorbed(older.node)).toEqual([younger.node]);
});

test('what one delivery has merged away in silence, another does not file under its old name', async () => {
  const { deps, older, younger, fresh, first, second } = await scene();
  await second.root(younger.node);
  expect(await first.unite(younger.node, older.node, REASON)).toEqual({ merges: [], splits: [] });
  const [filed] = await settle(deps, second)(fresh, new Set([younger.node]));
  expect(filed?.incident.id).toBe(older.node);
  expect((await deps.events.at(younger.node))?.event.incidentId).toBe(older.node);
  expect(await deps.incidents.absorbed(older.node)).toEqual([]);
});

test('an event that another delivery has fused meanwhile is not fused again', async () => {
  const { deps, younger, fresh, first, second } = await scene();
  await settle(deps, first)(fresh, new Set());
  const before = await deps.events.at(younger.node);
  const [again] = await settle(deps, second)(fresh, new Set([younger.node]));
  expect(again?.incident.id).toBe(younger.node);
  expect(await deps.events.at(younger.node)).toEqual(before);
});
