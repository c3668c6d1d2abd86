import { expect, test } from 'vitest';
import { create } from '../../../functions/settle/handler.ts';
import { create as createStep } from '../../../functions/step/handler.ts';
import { delivery, raw, rooms } from '../../support/rooms.ts';
import { onDuty, perform, stage } from '../../support/scene.ts';

const ACTION = 'gunfire-response-I1/alertOfficers/0';
const reply = (outcome: string, source: string, detail: object) => raw(source, detail, { 'detail-type': `action.${outcome}` });

const dispatched = async () => {
  const ground = rooms();
  await stage(ground, {});
  await createStep(ground.runtime)(perform('I1', 'alertOfficers'));
  const asker = String(ground.told[0]?.detail['subsystem']);
  return { ground, room: create(ground.runtime), asker };
};

const answers = (ground: ReturnType<typeof rooms>) => ground.asked.filter(({ operation }) => operation.startsWith('SendTask'));

test('a completed action completes its step and lets the machine go on, with ids only', async () => {
  const { ground, room, asker } = await dispatched();
  await room(delivery(reply('completed', asker, { actionId: ACTION, result: { acknowledgedBy: 'unit-7' } })));
  expect(answers(ground)).toEqual([
    { operation: 'SendTaskSuccess', input: { taskToken: 'token-alertOfficers', output: JSON.stringify({ actionId: ACTION, said: {} }) } },
  ]);
  expect(await ground.stores.executions.step('gunfire-response-I1', 'alertOfficers')).toMatchObject({ status: 'COMPLETED' });
});

test('a failed action fails its step with the subsystem’s own reason', async () => {
  const { ground, room, asker } = await dispatched();
  await room(delivery(reply('failed', asker, { actionId: ACTION, error: 'RADIO_DOWN', note: 'no repeater' })));
  expect(answers(ground)).toMatchObject([
    { operation: 'SendTaskFailure', input: { error: 'SWOE.ActionFailed', cause: 'RADIO_DOWN: no repeater' } },
  ]);
});

test('a reply delivered twice is written once, and the machine is told again', async () => {
  const { ground, room, asker } = await dispatched();
  const event = reply('completed', asker, { actionId: ACTION });
  await room(delivery(event));
  await room(delivery(event));
  expect((await ground.entries()).filter(({ kind }) => kind === 'step.completed')).toHaveLength(1);
  expect(answers(ground)).toHaveLength(2);
});

test('a reply from a subsystem that was not asked changes nothing and is kept with the reason', async () => {
  const { ground, room } = await dispatched();
  await room(delivery(reply('completed', 'ai_sentinel', { actionId: ACTION })));
  expect(answers(ground)).toEqual([]);
  expect(await ground.stores.executions.step('gunfire-response-I1', 'alertOfficers')).toMatchObject({ status: 'DISPATCHED' });
  const { items } = await ground.stores.deadLetters.ofDay('2026-11-22', { limit: 5 });
  expect(items[0]?.reason).toContain('was not asked');
});

test('a result that does not fit the action’s reply is a dead letter with its place, and changes nothing', async () => {
  const ground = rooms();
  await stage(ground, {});
  await createStep(ground.runtime)(perform('I1', 'adviseTactics'));
  const actionId = 'gunfire-response-I1/adviseTactics/0';
  const room = create(ground.runtime);
  await room(delivery(reply('completed', 'digital_twin', { actionId, result: { recommend: 'storm it' } })));
  expect(answers(ground)).toEqual([]);
  const { items } = await ground.stores.deadLetters.ofDay('2026-11-22', { limit: 5 });
  expect(items[0]?.reason).toContain('TACTICAL_ANALYSIS result.recommend: ');
  await room(delivery(reply('completed', 'digital_twin', { actionId, result: { recommend: 'hold', text: 'wait for CIT' } })));
  const output = JSON.stringify({ actionId, said: { recommend: 'hold' } });
  expect(answers(ground)).toEqual([{ operation: 'SendTaskSuccess', input: { taskToken: 'token-adviseTactics', output } }]);
  expect((await ground.stores.executions.step('gunfire-response-I1', 'adviseTactics'))?.result).toEqual({
    recommend: 'hold',
    text: 'wait for CIT',
  });
});

test('progress is journaled and completes nothing', async () => {
  const { ground, room, asker } = await dispatched();
  await room(delivery(reply('progress', asker, { actionId: ACTION, stage: 'READ' })));
  expect(answers(ground)).toEqual([]);
  expect((await ground.entries()).find(({ kind }) => kind === 'action.progress')?.data).toMatchObject({ stage: 'READ' });
});

test.each([{}, { actionId: 'nonsense' }, { actionId: 'a/b/c' }])('a reply to nothing we asked for is a dead letter: %j', async (detail) => {
  const { ground, room } = await dispatched();
  expect((await room(delivery(reply('completed', 'drone_ops', detail)))).batchItemFailures).toEqual([]);
  expect((await ground.stores.deadLetters.ofDay('2026-11-22', { limit: 5 })).items).toHaveLength(1);
});

const asked = async () => {
  const ground = rooms();
  await stage(ground, { facts: onDuty('wc-1', 'wc-2') });
  const approval = {
    kind: 'approval',
    name: 'releasePrediction',
    ask: 'watch_commander',
    question: 'Release?',
    within: 90,
    onSilence: 'refuse',
    escalateTo: [],
  } as const;
  await createStep(ground.runtime)({
    contract: 1,
    op: 'ask',
    executionId: 'gunfire-response-I1',
    attempt: 0,
    token: 'token-ask',
    ordinal: 7,
    approval: { ...approval, escalateTo: [] },
    ask: 'watch_commander',
  });
  const [open] = await ground.stores.executions.openApprovals();
  const answer = (more: object = {}) =>
    raw(
      'swoe',
      {
        approvalId: open?.id,
        answer: 'approve',
        reason: 'seen it',
        factsHash: open?.factsHash,
        by: 'wc-1',
        role: 'watch_commander',
        at: '2026-11-22T17:00:01Z',
        ...more,
      },
      { 'detail-type': 'approval.answered' },
    );
  return { ground, room: create(ground.runtime), answer };
};

test('a watch commander’s yes closes the question and lets the machine go on', async () => {
  const { ground, room, answer } = await asked();
  await room(delivery(answer()));
  expect(answers(ground)).toMatchObject([{ operation: 'SendTaskSuccess', input: { taskToken: 'token-ask' } }]);
  expect(await ground.stores.executions.openApprovals()).toEqual([]);
});

test.each([
  ['another role', { role: 'dispatcher' }],
  ['facts that have changed', { factsHash: 'other' }],
])('an answer with %s does not count', async (_, more) => {
  const { ground, room, answer } = await asked();
  await room(delivery(answer(more)));
  expect(answers(ground)).toEqual([]);
  expect(await ground.stores.executions.openApprovals()).toHaveLength(1);
});

test('a no refuses, and a second answer finds the question closed', async () => {
  const { ground, room, answer } = await asked();
  await room(delivery(answer({ answer: 'refuse' })));
  await room(delivery(answer({ by: 'wc-2' })));
  expect(answers(ground)).toMatchObject([{ operation: 'SendTaskFailure', input: { error: 'SWOE.Refused' } }]);
});
