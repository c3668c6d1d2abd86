import { expect, test } from 'vitest';
import { create as createSettle } from '../../../functions/settle/handler.ts';
import { create } from '../../../functions/step/handler.ts';
import type { ApprovalRecord } from '../../../shared/contracts/execution.ts';
import { delivery, type Rooms, raw, rooms } from '../../support/rooms.ts';
import {
  ask,
  droneMayFly,
  execution,
  exigency,
  hold,
  incident,
  mergeInto,
  onDuty,
  perform,
  stage,
  stepNamed,
  unit,
} from '../../support/scene.ts';

const RUN = 'gunfire-response-I1';
const releases = [{ step: 'sendDrone', action: 'DRONE_DISPATCH', with: { purpose: 'scene-overview' } }];

const failures = (ground: Rooms) =>
  ground.asked
    .filter(({ operation }) => operation === 'SendTaskFailure')
    .map(({ input }) => ({ error: input['error'], cause: input['cause'] }));
const requests = (ground: Rooms) => ground.told.filter(({ type }) => type === 'action.requested').map(({ detail }) => detail['action']);
const openOne = async (ground: Rooms): Promise<ApprovalRecord> => {
  const [open] = await ground.stores.executions.openApprovals();
  if (!open) throw new Error('nobody is asked');
  return open;
};
const say = async (ground: Rooms, by: string, role: string, more: object = {}) => {
  const { id: approvalId, factsHash } = await openOne(ground);
  const detail = { approvalId, factsHash, by, role, answer: 'approve', reason: 'seen it', at: '2026-11-22T17:00:05.000Z', ...more };
  await createSettle(ground.runtime)(delivery(raw('swoe', detail, { 'detail-type': 'approval.answered' })));
};

const staged = async () => {
  const ground = rooms();
  const fleet = [unit('d1', 'DRONE', 300), unit('o1', 'OFFICER', 100), unit('v1', 'VEHICLE', 100)];
  const incidents = [incident('I1'), incident('I2', { openedAt: '2026-11-22T17:00:01.000Z' })];
  await stage(ground, { incidents, fleet, facts: [exigency('I1'), ...droneMayFly(), ...onDuty('wc-1', 'wc-2', 'sup-1', 'chief-1')] });
  return { ground, room: create(ground.runtime) };
};
const approved = async () => {
  const { ground, room } = await staged();
  await room(ask('I1', 'flyDrone', { releases }));
  await say(ground, 'wc-1', 'watch_commander');
  return { ground, room };
};
const fly = (more: object = {}) => perform('I1', 'sendDrone', { behind: ['flyDrone'], ...more });

test('a yes on facts that still stand lets the step go, and the guardrails are told who gave it', async () => {
  const { ground, room } = await approved();
  await room(fly());
  expect(requests(ground)).toEqual(['DRONE_DISPATCH']);
  const decided = (await ground.entries()).find(({ kind }) => kind === 'guardrail.decided');
  expect(decided?.data['approvals']).toEqual([{ step: 'flyDrone', roles: ['watch_commander'], persons: ['wc-1'] }]);
});

test('a step behind a yes whose facts have changed is held and asked about again, in the same role, on the new facts', async () => {
  const { ground, room } = await approved();
  await mergeInto(ground, 'I1', 'I2');
  await room(fly());
  expect(requests(ground)).toEqual([]);
  expect(failures(ground)).toEqual([{ error: 'SWOE.Held', cause: expect.stringContaining('since flyDrone was approved') }]);
  await room(hold('I1', 'sendDrone'));
  const open = await openOne(ground);
  expect(open).toMatchObject({ kind: 'hold', ask: 'watch_commander', facts: { merged: ['I2'], voided: ['flyDrone'] } });
  expect(open.releases).toEqual([{ step: 'sendDrone', action: 'DRONE_DISPATCH', with: stepNamed('sendDrone').with }]);
  await say(ground, 'wc-2', 'watch_commander');
  await room(fly({ token: 'after-the-yes' }));
  expect(requests(ground)).toEqual(['DRONE_DISPATCH']);
});

test('that second yes is bound to what was shown as well', async () => {
  const { ground, room } = await approved();
  await mergeInto(ground, 'I1', 'I2');
  await room(fly());
  await room(hold('I1', 'sendDrone'));
  await say(ground, 'wc-2', 'watch_commander');
  await stage(ground, { executions: [], facts: [{ ...exigency('I1'), source: 'dispatch', eventKey: 'dispatch#call-2' }] });
  await room(fly({ token: 'after-the-yes' }));
  expect(requests(ground)).toEqual([]);
  expect(failures(ground)).toHaveLength(2);
});

test('two who had to agree are both asked again', async () => {
  const { ground, room } = await staged();
  const approval = { ...ask('I1', 'flyDrone').approval, second: 'chief' as const };
  await room(ask('I1', 'flyDrone', { releases, approval }));
  await say(ground, 'wc-1', 'watch_commander');
  await say(ground, 'chief-1', 'chief');
  await mergeInto(ground, 'I1', 'I2');
  await room(fly());
  await room(hold('I1', 'sendDrone'));
  expect(await openOne(ground)).toMatchObject({ ask: 'watch_commander', second: 'chief', voices: [] });
});

test('help behind a yes goes out whatever has changed since', async () => {
  const { ground, room } = await approved();
  await mergeInto(ground, 'I1', 'I2');
  await room(perform('I1', 'alertOfficers', { behind: ['flyDrone'] }));
  expect(requests(ground)).toEqual(['OFFICER_ALERT']);
});

const alone = (more: object = {}) => {
  const step = { ...stepNamed('sendPatrols'), needs: { OFFICER: 1 } };
  return perform('I1', 'sendPatrols', { step, ...more });
};

test('a warning opens a question that can be read out: the refusal, the clause, its citation and the facts', async () => {
  const { ground, room } = await staged();
  await room(alone());
  await room(hold('I1', 'sendPatrols', { error: { Error: 'SWOE.Held', Cause: String(failures(ground)[0]?.cause) } }));
  const { question, facts } = await openOne(ground);
  expect(question).toMatch(
    /^sendPatrols \(PATROL_REROUTE\) is held\. One officer alone .* \[officer-safety-two-units: Agency SOP.*\] .*Go on\?$/,
  );
  expect(facts).toMatchObject({ warnings: ['officer-safety-two-units'], incidentId: 'I1', priority: 'CRITICAL' });
});

test('a yes to a warning lets the step go once; what has failed since is asked about again', async () => {
  const { ground, room } = await staged();
  await room(alone());
  await room(hold('I1', 'sendPatrols'));
  await say(ground, 'sup-1', 'supervisor');
  await room(alone({ token: 'after-the-yes' }));
  expect(requests(ground)).toEqual(['PATROL_REROUTE']);
  const failed = { actionId: `${RUN}/sendPatrols/1`, error: 'RADIO_DOWN' };
  await createSettle(ground.runtime)(delivery(raw('dispatch', failed, { 'detail-type': 'action.failed' })));
  await room(hold('I1', 'sendPatrols', { token: 'held-again', error: { Error: 'SWOE.ActionFailed', Cause: 'RADIO_DOWN' } }));
  expect(await openOne(ground)).toMatchObject({ token: 'held-again', voices: [], question: expect.stringContaining('RADIO_DOWN') });
});

test('a yes to a warning in one round is none in the next', async () => {
  const { ground, room } = await staged();
  await room(alone());
  await room(hold('I1', 'sendPatrols'));
  await say(ground, 'sup-1', 'supervisor');
  await room(alone({ token: 'after-the-yes' }));
  await room(alone({ token: 'next-round', round: 1 }));
  expect(requests(ground)).toEqual(['PATROL_REROUTE']);
  expect(failures(ground)).toHaveLength(2);
});

test('a yes to try again what failed is no yes to a warning', async () => {
  const { ground, room } = await staged();
  const missing = { ...stepNamed('sendPatrols'), needs: { HELICOPTER: 1, OFFICER: 2 } };
  await room(perform('I1', 'sendPatrols', { step: missing }));
  await room(hold('I1', 'sendPatrols', { error: { Error: 'SWOE.ResourcesShort', Cause: 'short' } }));
  await say(ground, 'sup-1', 'supervisor');
  await room(alone({ token: 'after-the-yes' }));
  expect(requests(ground)).toEqual([]);
  expect(failures(ground).at(-1)?.error).toBe('SWOE.Held');
});

test('a step that ran out of time is called off before a person is asked, once, and a yes asks for it under another id', async () => {
  const { ground, room } = await approved();
  await room(fly());
  const timedOut = hold('I1', 'sendDrone', { error: { Error: 'States.Timeout', Cause: '' } });
  await room(timedOut);
  await room(timedOut);
  const called = ground.told.filter(({ type }) => type === 'action.cancelled');
  expect(called).toMatchObject([
    { detail: { actionId: `${RUN}/sendDrone/0`, subsystem: 'drone_ops', undo: false, reason: 'States.Timeout' } },
  ]);
  await say(ground, 'sup-1', 'supervisor');
  await room(fly({ token: 'after-the-yes' }));
  expect(ground.told.at(-1)).toMatchObject({ type: 'action.requested', detail: { actionId: `${RUN}/sendDrone/1` } });
});

test('a question climbs under one id: the next role is asked, who was silent is not', async () => {
  const { ground, room } = await staged();
  await room(ask('I1', 'flyDrone', { ask: 'supervisor', releases }));
  await room(ask('I1', 'flyDrone', { ask: 'watch_commander', token: 'level-1', releases }));
  expect(await ground.stores.executions.openApprovals()).toMatchObject([
    { id: `${RUN}~flyDrone`, ask: 'watch_commander', token: 'level-1' },
  ]);
  const asked = (await ground.entries())
    .filter(({ kind }) => kind === 'approval.requested')
    .map(({ data }) => [data['ask'], data['after']]);
  expect(asked).toEqual([
    ['supervisor', undefined],
    ['watch_commander', 'supervisor'],
  ]);
  await say(ground, 'sup-1', 'supervisor');
  expect(await ground.stores.executions.openApprovals()).toHaveLength(1);
});

test('when a question to two climbs, the yes of who is still asked is kept and the other’s is not', async () => {
  const { ground, room } = await staged();
  const approval = { ...ask('I1', 'flyDrone').approval, second: 'chief' as const };
  await room(ask('I1', 'flyDrone', { ask: 'supervisor', approval, releases }));
  await say(ground, 'sup-1', 'supervisor');
  await room(ask('I1', 'flyDrone', { ask: 'watch_commander', approval, token: 'level-1', releases }));
  expect(await openOne(ground)).toMatchObject({ ask: 'watch_commander', second: 'chief', voices: [] });
  await say(ground, 'chief-1', 'chief');
  await room(ask('I1', 'flyDrone', { ask: 'incident_commander', approval, token: 'level-2', releases }));
  expect(await openOne(ground)).toMatchObject({ ask: 'incident_commander', voices: [{ by: 'chief-1' }] });
});

test('an answer that came while the question climbed stands', async () => {
  const { ground, room } = await staged();
  await room(ask('I1', 'flyDrone', { ask: 'supervisor', releases }));
  await say(ground, 'sup-1', 'supervisor');
  await room(ask('I1', 'flyDrone', { ask: 'watch_commander', token: 'level-1', releases }));
  expect(ground.asked.at(-1)).toEqual({
    operation: 'SendTaskSuccess',
    input: { taskToken: 'level-1', output: JSON.stringify({ answer: 'approve' }) },
  });
  expect(await ground.stores.executions.openApprovals()).toEqual([]);
});

test('a question delivered twice is put once, and a first yes outlives a newer token', async () => {
  const { ground, room } = await staged();
  const approval = { ...ask('I1', 'flyDrone').approval, second: 'chief' as const };
  await room(ask('I1', 'flyDrone', { approval, releases }));
  await say(ground, 'wc-1', 'watch_commander');
  await room(ask('I1', 'flyDrone', { approval, releases }));
  await room(ask('I1', 'flyDrone', { approval, releases, token: 'tried-again' }));
  expect(await openOne(ground)).toMatchObject({ token: 'tried-again', voices: [{ by: 'wc-1' }] });
  expect((await ground.entries()).filter(({ kind }) => kind === 'approval.requested')).toHaveLength(1);
});

test('a step that was completed while its failure was on the way to a person goes on unasked', async () => {
  const { ground, room } = await staged();
  await room(perform('I1', 'alertOfficers'));
  const done = { actionId: `${RUN}/alertOfficers/0` };
  await createSettle(ground.runtime)(delivery(raw('officer_safety', done, { 'detail-type': 'action.completed' })));
  await room(hold('I1', 'alertOfficers', { error: { Error: 'States.Timeout', Cause: '' } }));
  expect(await ground.stores.executions.openApprovals()).toEqual([]);
  expect(ground.asked.at(-1)).toMatchObject({ operation: 'SendTaskSuccess', input: { taskToken: 'token-hold-alertOfficers' } });
});

test('nobody is asked about a run that has ended', async () => {
  const ground = rooms();
  await stage(ground, { executions: [execution('I1', { status: 'CANCELLED' })] });
  await create(ground.runtime)(ask('I1', 'flyDrone'));
  expect(await ground.stores.executions.openApprovals()).toEqual([]);
});
