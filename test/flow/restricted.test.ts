import { expect, test } from 'vitest';
import type { Opened, Subject } from '../../shared/contracts/restricted.ts';
import { vocabulary } from '../../workflows/vocabulary/index.ts';
import { everythingKept } from './everything.ts';
import { agreed, FLEET, type Manners, system } from './system.ts';
import { ask, verdictOn } from './verdict.ts';

type Running = Awaited<ReturnType<typeof system>>;

const at = (northM: number) => ({ lat: 26.7753 + northM / 111_195, lon: -80.0581, radiusM: 25 });
const ANN = { kind: 'person-reference', id: 'CANARY-ANN-1971' };
const BOB = { kind: 'person-name', id: 'Canary Bob' };

const said = (source: string, id: string, type: string, data: object) => ({
  source,
  type,
  detail: { specversion: '1.0', id, source, type, data },
});

/** What is said of people, each with words that stand nowhere else. The last two cannot be taken in. */
const EVENTS = [
  said('cad_system', 'crisis', 'call.mental-health', {
    location: at(0),
    entities: [ANN],
    weapon: false,
    summary: 'canary: Ann is on the roof',
    diagnosis: 'canary diagnosis',
    history: { notes: ['canary history'] },
  }),
  said('investigations', 'missing', 'missing-person.reported', {
    location: at(20_000),
    entities: [BOB, ANN, { kind: 'plate', id: 'RBH-4417' }],
    child: true,
    summary: 'canary: Bob did not come home',
    school: 'canary school',
  }),
  said('threat_intel', 'threat', 'threat.reported', {
    location: at(40_000),
    summary: 'canary: an informant says',
    informant: 'canary informant',
  }),
  said('gunshot_detection', 'shot', 'gunshot.detected', {
    location: at(60_000),
    restricted: ['INTELLIGENCE'],
    confidence: 0.5,
    summary: 'canary sensor',
  }),
  said('cad_system', 'broken', 'call.mental-health', { location: 'canary corner', entities: [BOB], summary: 'canary: unreadable' }),
  said('human_stability', 'nonsense', 'stability.screened', { level: 'canary level', summary: 'canary screen' }),
];

/** Subsystems of restricted actions say more than their declared words. */
const talkative: Manners = ({ action }) => {
  if (!vocabulary[action].restricted) return { after: 500, outcome: 'completed' };
  const failed = action === 'THREAT_ASSESSMENT';
  return {
    after: 500,
    outcome: failed ? 'failed' : 'completed',
    note: 'canary: she says that',
    ...(failed ? { error: 'canary error, in words' } : { result: { risk: 'high', narrative: 'canary narrative' } }),
  };
};

const told = async (): Promise<Running> => {
  const running = await system({ manners: talkative, poll: 500 });
  await running.populate(FLEET);
  for (const { source, type, detail } of EVENTS) await running.put(source, type, detail);
  await running.pass(8_000);
  const [first] = EVENTS;
  if (first) await running.put(first.source, first.type, first.detail);
  const word = { corrects: { source: 'cad_system', id: 'crisis' }, summary: 'canary: Ann is on the bridge', entities: [ANN, BOB] };
  await running.put('dispatch', 'event.corrected', {
    specversion: '1.0',
    id: 'c-1',
    source: 'dispatch',
    type: 'event.corrected',
    data: word,
  });
  await running.pass(10_000);
  return running;
};

const find = async ({ rest }: Running, { kind, id }: typeof ANN) =>
  (await rest<Subject>('chief', 'POST', '/subjects/find', { kind, id, reason: 'a request' })).body;

const opening = async ({ rest }: Running, token: string) =>
  rest<Opened>('watch_commander', 'POST', `/sealed/${token}/open`, { purpose: 'response', reason: 'the crew asks' });

let running: Running;

test('what is said of people stands nowhere in the clear: not in a table, a history, the archive, a letter, a queue or a line of the log', async () => {
  running = await told();
  const kept = await everythingKept(running);
  const places = [...kept.keys()];
  for (const place of ['swoe-dev-journal', 'swoe-dev-vault', 'swoe-dev-dead-letters', 'the bus and its archive', 'log lines'])
    expect(places).toContain(place);
  expect(places.filter((place) => place.includes(':execution:')).length).toBeGreaterThan(1);
  expect(kept.get('the bus and its archive')).toContain('call.mental-health');
  expect([...kept].filter(([, text]) => /canary/i.test(text)).map(([place]) => place)).toEqual([]);
  const { body } = await running.rest<{ items: { restricted?: object }[] }>('supervisor', 'GET', '/events/dead-letters');
  expect(body.items.filter(({ restricted }) => restricted)).toHaveLength(2);
});

test('whoever has to act on a person is told who it is', () => {
  const sync = running.asked.filter(({ action }) => action === 'FUSION_CLOUD_SYNC');
  expect(sync.length).toBeGreaterThan(0);
  for (const { entities } of sync) expect(entities).toContainEqual(ANN);
});

test('a piece opens for a purpose to whom its labels are open, and each opening is an entry', async () => {
  const { pieces, state } = await find(running, ANN);
  expect(state).toBe('kept');
  expect(pieces.length).toBeGreaterThan(2);
  const opened = await Promise.all(pieces.map(async (token) => (await opening(running, token)).body));
  const contents = JSON.stringify(opened);
  for (const words of ['Ann is on the roof', 'canary history', 'canary narrative', 'Ann is on the bridge'])
    expect(contents).toContain(words);
  expect(await running.journal('&kind=sealed.opened')).toHaveLength(pieces.length);
  const [health] = opened.filter(({ labels }) => labels.includes('HEALTH'));
  const refused = await running.rest('dispatcher', 'POST', `/sealed/${health?.token}/open`, { purpose: 'response', reason: 'curious' });
  expect(refused.status).toBe(403);
});

test('what a subsystem said is proved by the digest in the journal while its key is there', async () => {
  const [data = {}] = (await running.journal('&kind=step.completed')).map((entry) => entry.data).filter((one) => one['restricted']);
  const { sealed, digest } = data['restricted'] as { sealed: string; digest: string };
  expect(data['result']).not.toHaveProperty('narrative');
  expect((await opening(running, sealed)).body.said).toMatchObject({ note: 'canary: she says that' });
  const { Item } = await ask<{ Item: { digest: { S: string } } }>(running, 'dynamodb', 'GetItem', {
    TableName: 'swoe-dev-vault',
    Key: { pk: { S: `VAULT#${sealed}` }, sk: { S: 'SEALED' } },
  });
  expect(Item.digest.S).toBe(digest);
});

test('a letter that was sealed is sent again as it came', async () => {
  const { body } = await running.rest<{ items: { busId: string; path: string }[] }>('supervisor', 'GET', '/events/dead-letters');
  const [letter] = body.items;
  await agreed(running, `/events/dead-letters/${letter?.busId}/redrive`, { reason: 'once more' });
  await running.pass(3000);
  const after = await running.rest<{ refusedAgain?: { reason: string } }>('supervisor', 'GET', `/events/dead-letters/${letter?.busId}`);
  expect(after.body.refusedAgain?.reason).toContain(String(letter?.path));
});

test('a hold keeps a subject from being erased; two persons erase it; then nothing that was said of it opens, and the audit holds', async () => {
  const [ann, bob] = [await find(running, ANN), await find(running, BOB)];
  const basis = { legalBasis: 'case 26-1', reason: 'the case is open' };
  expect((await running.rest('watch_commander', 'POST', `/subjects/${ann.token}/hold`, basis)).status).toBe(200);
  expect((await running.rest('chief', 'POST', `/subjects/${ann.token}/erase`, basis)).status).toBe(409);
  expect((await running.rest('auditor', 'POST', `/subjects/${ann.token}/erase`, basis)).status).toBe(403);
  expect((await running.rest('chief', 'POST', `/subjects/${ann.token}/release-hold`, { reason: 'it was closed' })).status).toBe(200);
  const { ask: done } = await agreed(running, `/subjects/${ann.token}/erase`, basis, ['chief', 'watch_commander']);
  expect(done.outcome).toMatchObject({ status: 200, body: { state: 'erased' } });
  for (const token of ann.pieces) expect((await opening(running, token)).status).toBe(409);
  const others = bob.pieces.filter((token) => !ann.pieces.includes(token));
  expect(others.length).toBeGreaterThan(0);
  for (const token of others) expect((await opening(running, token)).status).toBe(200);
  const unknown = await running.rest('chief', 'POST', '/subjects/find', { ...ANN, reason: 'a request' });
  expect(unknown.status).toBe(404);
  const [entry] = await running.journal('&kind=subject.erased');
  expect(entry?.data).toEqual({ token: ann.token, ...basis, role: 'chief' });
  await running.pass(70_000);
  expect(await verdictOn(running)).toMatchObject({ findings: [] });
});
