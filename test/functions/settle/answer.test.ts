import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { create } from '../../../functions/settle/handler.ts';
import { create as createStep } from '../../../functions/step/handler.ts';
import type { Execution } from '../../../shared/contracts/execution.ts';
import type { Role } from '../../../shared/contracts/vocabulary.ts';
import type { BusEvent } from '../../../shared/lambda/doors.ts';
import { delivery, raw, rooms } from '../../support/rooms.ts';
import { ask, execution, exigency, incident, mergeInto, onDuty, stage } from '../../support/scene.ts';

const releases = [{ step: 'sendDrone', action: 'DRONE_DISPATCH', with: {} }];

const persons = ['ic-1', 'ic-2', 'sup-1', 'chief-1', 'ann', 'bob'];

interface Said {
  by: string;
  role: Role;
  answer?: 'approve' | 'refuse';
  hash?: string;
  at?: string;
}

/** A question to an incident commander, and a supervisor unless one is enough, about a drone. */
const asked = async ({ one = false, run = {} }: { one?: boolean; run?: Partial<Execution> } = {}) => {
  const second = one ? undefined : ('supervisor' as const);
  const ground = rooms();
  await stage(ground, { executions: [execution('I1', run)], incidents: [incident('I1'), incident('I2')], facts: onDuty(...persons) });
  const approval = { ...ask('I1', 'warnPublic').approval, ask: 'incident_commander' as const, second };
  await createStep(ground.runtime)(ask('I1', 'warnPublic', { approval, ask: 'incident_commander', releases }));
  const room = create(ground.runtime);
  const question = () => ground.stores.executions.asked('gunfire-response-I1', 'warnPublic');
  const shown = await question();
  const word = ({ by, role, answer = 'approve', hash = shown?.factsHash ?? '', at = '2026-11-22T17:00:05.000Z' }: Said): BusEvent =>
    raw(
      'swoe',
      { approvalId: shown?.id, answer, by, role, at, factsHash: hash, reason: 'seen it' },
      { 'detail-type': 'approval.answered' },
    );
  const kinds = async () => (await ground.entries()).map(({ kind }) => kind).filter((kind) => kind.startsWith('approval.'));
  const answers = () => ground.asked.map(({ operation, input }) => [operation, input['error'] ?? input['output']]);
  return { ground, room: (...events: BusEvent[]) => room(delivery(...events)), word, question, kinds, answers };
};

const YES = [['SendTaskSuccess', JSON.stringify({ answer: 'approve' })]];
const NO = [['SendTaskFailure', 'SWOE.Refused']];

describe('two persons', () => {
  test('the first yes is written down and waits; the second, of another person in the other role, lets the machine go on', async () => {
    const { room, word, question, kinds, answers } = await asked();
    await room(word({ by: 'ic-1', role: 'incident_commander' }));
    expect(answers()).toEqual([]);
    expect(await question()).toMatchObject({ voices: [{ by: 'ic-1', role: 'incident_commander' }] });
    await room(word({ by: 'sup-1', role: 'supervisor' }));
    expect(answers()).toEqual(YES);
    expect(await kinds()).toEqual(['approval.requested', 'approval.seconded', 'approval.answered']);
    expect(await question()).toMatchObject({ answer: 'approve', voices: [{ by: 'ic-1' }, { by: 'sup-1' }] });
  });

  test.each([
    ['the same person in the other role', { by: 'ic-1', role: 'supervisor' }],
    ['another person in the same role', { by: 'ic-2', role: 'incident_commander' }],
    ['a role that was not asked', { by: 'chief-1', role: 'chief' }],
  ] as const)('%s is no second', async (_, second) => {
    const { room, word, question, answers } = await asked();
    await room(word({ by: 'ic-1', role: 'incident_commander' }), word({ ...second, at: '2026-11-22T17:00:09.000Z' }));
    expect(answers()).toEqual([]);
    expect((await question())?.voices).toHaveLength(1);
  });

  test('one no refuses, whoever said yes before', async () => {
    const { room, word, answers } = await asked();
    await room(word({ by: 'ic-1', role: 'incident_commander' }));
    await room(word({ by: 'sup-1', role: 'supervisor', answer: 'refuse' }));
    expect(answers()).toEqual(NO);
  });

  test('in any order, doubled and at once, the machine goes on exactly when two different persons said yes before anybody said no', async () => {
    const words = fc.array(
      fc.record({
        by: fc.constantFrom('ann', 'bob'),
        role: fc.constantFrom('incident_commander' as const, 'supervisor' as const),
        answer: fc.constantFrom('approve' as const, 'approve' as const, 'refuse' as const),
      }),
      { minLength: 1, maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(words, fc.boolean(), async (said, twice) => {
        const { room, word, answers, kinds } = await asked();
        for (const [nth, one] of said.entries()) {
          const event = word({ ...one, at: `2026-11-22T17:00:0${nth}.000Z` });
          await room(event, ...(twice ? [event] : []));
        }
        const no = said.findIndex(({ answer }) => answer === 'refuse');
        const before = no < 0 ? said : said.slice(0, no);
        const [first] = before;
        const agreed = before.some(({ by, role }) => by !== first?.by && role !== first?.role);
        const end = agreed ? YES : no < 0 ? [] : NO;
        // The machine hears the end again when the word that made it comes again, and never anything else.
        expect([...new Set(answers().map(String))]).toEqual(end.map(String));
        expect((await kinds()).filter((kind) => kind === 'approval.answered')).toHaveLength(end.length);
      }),
      { numRuns: 60 },
    );
  });

  test('two who speak at the same moment are both heard', async () => {
    for (let seed = 0; seed < 15; seed += 1) {
      const ground = rooms({ seed, shuffle: true });
      await ground.settle(stage(ground, { facts: onDuty(...persons) }));
      const approval = { ...ask('I1', 'warnPublic').approval, ask: 'incident_commander' as const, second: 'supervisor' as const };
      await ground.settle(createStep(ground.runtime)(ask('I1', 'warnPublic', { approval, ask: 'incident_commander', releases })));
      const [open] = await ground.stores.executions.openApprovals();
      const word = (by: string, role: Role) => {
        const detail = {
          approvalId: open?.id,
          answer: 'approve',
          by,
          role,
          at: '2026-11-22T17:00:05.000Z',
          factsHash: open?.factsHash,
          reason: 'seen it',
        };
        return create(ground.runtime)(delivery(raw('swoe', detail, { 'detail-type': 'approval.answered' })));
      };
      await ground.settle(Promise.all([word('ann', 'incident_commander'), word('bob', 'supervisor')]));
      expect(ground.asked.map(({ operation }) => operation)).toEqual(['SendTaskSuccess']);
    }
  });
});

describe('whose word counts', () => {
  test('not of who asked for the workflow', async () => {
    const run = execution('I1');
    const { room, word, answers } = await asked({ run: { input: { ...run.input, requestedBy: 'ic-1' } } });
    await room(word({ by: 'ic-1', role: 'incident_commander' }), word({ by: 'ic-1', role: 'incident_commander', answer: 'refuse' }));
    expect(answers()).toEqual([]);
  });

  test('nobody’s after its time', async () => {
    const { ground, room, word, answers } = await asked({ one: true });
    await ground.settle(new Promise<void>((resolve) => ground.scheduler.after(90_000, resolve)));
    await room(word({ by: 'ic-1', role: 'incident_commander' }));
    expect(answers()).toEqual([]);
  });
});

describe('facts that change', () => {
  const updated = raw('swoe', { executionId: 'gunfire-response-I1', eventKey: 'cad_system#c1' }, { 'detail-type': 'workflow.updated' });

  test('a word on the old ones is not counted, and the question stands on the new ones under its token and its clock', async () => {
    const { ground, room, word, question, kinds, answers } = await asked({ one: true });
    const before = await question();
    await mergeInto(ground, 'I1', 'I2');
    await room(word({ by: 'ic-1', role: 'incident_commander' }));
    expect(answers()).toEqual([]);
    const after = await question();
    expect(after).toMatchObject({ token: before?.token, expiresAt: before?.expiresAt, facts: { merged: ['I2'] } });
    expect(await kinds()).toEqual(['approval.requested', 'approval.voided']);
    await room(word({ by: 'ic-1', role: 'incident_commander', hash: after?.factsHash ?? '', at: '2026-11-22T17:00:20.000Z' }));
    expect(answers()).toEqual(YES);
  });

  test('a first yes is void when the run is told of a change that matters, and stands when it does not', async () => {
    const { ground, room, word, question, kinds } = await asked();
    await room(word({ by: 'ic-1', role: 'incident_commander' }));
    await room(updated);
    expect((await question())?.voices).toHaveLength(1);
    await stage(ground, { executions: [], facts: [exigency('I1')] });
    await room(updated, updated);
    expect(await question()).toMatchObject({ voices: [], facts: { facts: [{ kind: 'exigency' }] } });
    expect(await kinds()).toEqual(['approval.requested', 'approval.seconded', 'approval.voided']);
    const voided = (await ground.entries()).find(({ kind }) => kind === 'approval.voided');
    expect(voided?.data).toMatchObject({ changed: ['facts'], voices: [{ by: 'ic-1', role: 'incident_commander' }] });
  });

  test('an answered question is left as it was answered', async () => {
    const { ground, room, word, question } = await asked({ one: true });
    await room(word({ by: 'ic-1', role: 'incident_commander' }));
    const before = await question();
    await mergeInto(ground, 'I1', 'I2');
    await room(updated);
    expect(await question()).toEqual(before);
  });
});
