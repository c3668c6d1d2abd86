import { describe, expect, test } from 'vitest';
import { policyCompliance } from '../../../functions/api/operations/compliance.ts';
import { create as createIngest } from '../../../functions/ingest/handler.ts';
import type { GuardrailDecision } from '../../../shared/contracts/policy.ts';
import { PolicyCompliance } from '../../../shared/contracts/policy-requests.ts';
import type { JournalStore } from '../../../shared/stores/journal.ts';
import { decodeCursor } from '../../../shared/stores/table.ts';
import { delivery, gunshot, raw } from '../../support/rooms.ts';
import { councilAuthorisation } from '../../support/scene.ts';
import { type Api, api, withExecution } from './ground.ts';

const DRONE = { workflow: 'gunfire-response', step: 'sendDrone' };
const AIRFRAME = {
  ...councilAuthorisation(),
  kind: 'airframe-approval',
  value: { standard: 'state list' },
  eventKey: 'public_guardian#air',
};

/** A gunshot that was taken in, and what the city has stated. */
const afterShot = async (ground: Api): Promise<string> => {
  await createIngest(ground.runtime)(delivery(raw('gunshot_detection', gunshot('s1'))) as never);
  const writes = [councilAuthorisation(), AIRFRAME].map((fact) => ground.stores.facts.record(fact));
  await ground.stores.journal.commit('city', [], writes);
  return String((await ground.get('/events/fused')).body.items[0]?.['id']);
};

const decided = (verdict: GuardrailDecision['verdict'], ...ids: string[]) => ({
  kind: 'guardrail.decided' as const,
  actor: 'system/step',
  incidentId: 'i1',
  executionId: 'gunfire-response-i1',
  data: { action: 'DRONE_DISPATCH', verdict, clauses: ids.map((id) => ({ id })) },
});

describe('a check of the policy', () => {
  test('what stored facts allow is permitted, and the facts are named', async () => {
    const ground = api();
    const incidentId = await afterShot(ground);
    const { status, body } = await ground.post('/policy/check', { ...DRONE, incidentId });
    expect(status).toBe(200);
    expect(body).toMatchObject({ ...DRONE, action: 'DRONE_DISPATCH', incidentId, verdict: 'permit', clauses: [], redact: [] });
    expect((body['facts'] as { kind: string }[]).map(({ kind }) => kind)).toEqual([
      'airframe-approval',
      'council-authorisation',
      'exigency',
    ]);
  });

  test('a refusal names its clauses, each with citation and sentence, and a claim changes nothing', async () => {
    const ground = api();
    const claims = { warrant: { scope: 'aerial imaging' }, exigency: { basis: 'imminent danger to life', by: 'me' } };
    const { body } = await ground.post('/policy/check', { ...DRONE, arguments: { ...claims, facts: claims } });
    expect(body).toMatchObject({ verdict: 'refuse', facts: [] });
    expect(body['clauses']).toContainEqual({
      id: 'fourth-amendment-drone-surveillance',
      type: 'CONSTITUTIONAL',
      severity: 'BLOCKING',
      citation: expect.stringContaining('amend. IV'),
      refusal: expect.stringMatching(/^No drone: .*\.$/),
    });
  });

  test('an action is judged with the arguments that are given', async () => {
    const { post } = api();
    const ask = async (unarmed: boolean) =>
      (await post('/policy/check', { workflow: 'gunfire-response', action: 'ROBOT_DISPATCH', arguments: { unarmed } })).body['verdict'];
    expect([await ask(true), await ask(false)]).toEqual(['permit', 'refuse']);
  });

  test('who checked what is in the journal, and nothing is told to anybody', async () => {
    const ground = api();
    const incidentId = await afterShot(ground);
    const told = ground.told.length;
    await ground.post('/policy/check', { ...DRONE, incidentId, arguments: { site: 'a secret' } });
    const entries = (await ground.entries()).filter(({ kind }) => kind === 'policy.checked');
    expect(entries).toMatchObject([{ actor: 'person/ada', incidentId, data: { ...DRONE, verdict: 'permit' } }]);
    expect(JSON.stringify(entries)).not.toContain('a secret');
    expect(ground.told).toHaveLength(told);
  });

  const refused: readonly [string, object, number, RegExp][] = [
    ['an unknown workflow', { workflow: 'nonsense', action: 'BOLO_ISSUE' }, 404, /There are: gunfire-response/],
    ['an unknown step', { workflow: 'gunfire-response', step: 'nonsense' }, 404, /It has: .*sendDrone/],
    ['an unknown incident', { ...DRONE, incidentId: 'none' }, 404, /GET \/events\/fused/],
    ['neither action nor step', { workflow: 'gunfire-response' }, 400, /action/],
    ['both', { ...DRONE, action: 'DRONE_DISPATCH' }, 400, /action/],
    ['an answer, which only a person gives', { workflow: 'gunfire-response', action: 'ANSWER_APPROVAL' }, 400, /action/],
    ['a fact beside the arguments', { ...DRONE, facts: [] }, 400, /body/],
  ];
  test.each(refused)('%s is refused', async (_what, body, status, detail) => {
    const ground = api();
    const answer = await ground.post('/policy/check', body);
    expect([answer.status, answer.body['detail']]).toEqual([status, expect.stringMatching(detail)]);
    expect(await ground.entries()).toEqual([]);
  });
});

describe('the bindings', () => {
  const bound = async (query: Record<string, string>) => (await api().get('/policy/bindings', { query })).body.items;

  test('a clause that a workflow lists binds the steps whose action it is about', async () => {
    const [binding] = await bound({ clause: 'florida-drone-statute', workflow: 'gunfire-response' });
    expect(binding).toMatchObject({
      always: false,
      severity: 'BLOCKING',
      workflows: [{ workflow: 'gunfire-response', version: 1, at: [{ step: 'sendDrone', action: 'DRONE_DISPATCH', why: 'workflow' }] }],
    });
  });

  test('a clause that is always judged binds whether it is listed or not, at the start too', async () => {
    const [score] = await bound({ clause: 'no-risk-score-dispatch', workflow: 'gunfire-response' });
    expect(score?.['workflows']).toEqual([{ workflow: 'gunfire-response', version: 1, at: [{ action: 'START_WORKFLOW', why: 'always' }] }]);
    const [closing] = await bound({ clause: 'documentation', workflow: 'gunfire-response' });
    expect(closing?.['workflows']).toMatchObject([{ at: [{ step: 'closeRecord', why: 'always' }] }]);
  });

  test('every clause is there, bound or not, and what does not exist is named', async () => {
    const items = await bound({});
    expect(items.map(({ clause }) => clause)).toContain('hipaa');
    const { status, body } = await api().get('/policy/bindings', { query: { clause: 'habeas-corpus' } });
    expect([status, body['detail']]).toEqual([404, expect.stringContaining('chain-of-command')]);
  });
});

describe('compliance', () => {
  test('decisions of the window are counted by verdict and by clause, older ones are not', async () => {
    const ground = api();
    await ground.stores.journal.commit('i1', [decided('refuse', 'hipaa')]);
    await ground.settle(new Promise<void>((resolve) => ground.scheduler.after(3 * 3600_000, resolve)));
    await ground.stores.journal.commit('i1', [decided('permit'), decided('refuse', 'hipaa', 'dignity'), decided('ask', 'hipaa')]);
    expect((await ground.get('/policy/compliance', { query: { hours: '2' } })).body).toEqual({
      from: '2026-11-22T18:00:00.000Z',
      to: '2026-11-22T20:00:00.000Z',
      decisions: 3,
      verdicts: { permit: 1, refuse: 1, ask: 1 },
      clauses: {
        dignity: { objections: 1, verdicts: { refuse: 1 } },
        hipaa: { objections: 2, verdicts: { refuse: 1, ask: 1 } },
      },
    });
    expect((await ground.get('/policy/compliance', { query: { hours: '5' } })).body['decisions']).toBe(4);
  });

  test('a window over the days of a month adds up, and another list’s cursor is refused', async () => {
    const ground = api();
    for (let day = 0; day < 4; day += 1) {
      await ground.stores.journal.commit('i1', [decided('permit'), decided('alert', 'community-trust')]);
      await ground.settle(new Promise<void>((resolve) => ground.scheduler.after(5 * 24 * 3600_000, resolve)));
    }
    expect((await ground.get('/policy/compliance', { query: { hours: '744' } })).body).toMatchObject({
      decisions: 8,
      clauses: { 'community-trust': { objections: 4 } },
    });
    expect((await ground.get('/policy/compliance', { query: { cursor: 'nonsense' } })).status).toBe(400);
  });
});

describe('the audit of the policy', () => {
  test('it holds decisions, checks and refusals, and reading it is in the audit', async () => {
    const ground = api();
    await withExecution(ground);
    await ground.stores.journal.commit('i1', [decided('permit')]);
    await ground.post('/policy/check', DRONE);
    const { body } = await ground.get('/audit/policy', { roles: ['auditor'] });
    expect(body.items.map(({ kind }) => kind).sort()).toEqual(['guardrail.decided', 'policy.checked']);
    expect((await ground.get('/audit/policy', { query: { executionId: 'gunfire-response-i1' } })).body.items).toHaveLength(1);
    const readings = (await ground.get('/audit', { query: { kind: 'audit.read' } })).body.items;
    expect(readings).toContainEqual(expect.objectContaining({ actor: 'person/ada', data: { filter: {}, further: false, part: 'policy' } }));
  });
});

describe('a long window', () => {
  /** A journal of one day with so many decisions, in the store's own pages. */
  const journalOf = (total: number) => ({
    ofDay: async (day: string, { limit, cursor }: { limit: number; cursor?: string }) => {
      const from = cursor ? Number(decodeCursor(cursor)?.['at']) : 0;
      const count = day === '2026-11-22' ? Math.max(0, Math.min(limit, total - from)) : 0;
      const items = Array.from({ length: count }, () => ({ ...decided('refuse', 'hipaa'), at: '2026-11-22T16:00:00.000Z' }));
      const next = from + count < total ? Buffer.from(JSON.stringify({ at: String(from + count) })).toString('base64url') : undefined;
      return { items, ...(next && count > 0 ? { next } : {}) };
    },
  });

  test('it comes in pages, whose figures add up', async () => {
    const deps = { journal: journalOf(12_345) as unknown as JournalStore, clock: { now: () => Date.parse('2026-11-22T17:00:00Z') } };
    const sums: number[] = [];
    let cursor: string | undefined;
    do {
      const query = { hours: 24, to: '2026-11-22T17:00:00.000Z', ...(cursor ? { cursor } : {}) };
      const { body } = await policyCompliance(deps as never)({ query } as never);
      const page = PolicyCompliance.parse(body);
      sums.push(page.clauses['hipaa']?.objections ?? 0);
      cursor = page.next;
    } while (cursor);
    expect(sums).toEqual([5000, 5000, 2345]);
  });
});
