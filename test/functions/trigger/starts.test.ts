import { expect, test } from 'vitest';
import { matching, whyNot } from '../../../shared/domain/matching.ts';
import { atLeast, chain, condition, manual, event as on, schedule } from '../../../workflows/language/event.ts';
import { number, place } from '../../../workflows/language/input.ts';
import { event, fact, response, triggering } from './ground.ts';

const shots = on({ type: 'call.shots-fired' });

test('a required input that nothing gives ends the match as refused, by its name and with the place it was looked for', async () => {
  const ground = await triggering([response('count', [shots], { inputs: { patients: number('data.patients', { required: true }) } })]);
  await ground.hear(event('e1', 'I1'));
  await ground.hear(event('e1', 'I1'));
  expect(ground.started).toEqual([]);
  expect((await ground.kinds('match.')).map(({ kind, data }) => [kind, data['clause']])).toEqual([
    ['match.made', undefined],
    ['match.refused', 'input:patients'],
  ]);
  expect((await ground.kinds('match.refused'))[0]?.data['says']).toContain('data.patients');
  expect(await ground.stores.executions.match('cad_system#e1', 'count')).toMatchObject({ outcome: 'refused', clause: 'input:patients' });
  await ground.hear(event('e2', 'I1', { data: { patients: 12 } }));
  expect(await ground.stores.executions.get('count-I1')).toMatchObject({ input: { inputs: { patients: 12 }, startedBy: 'EVENT' } });
});

test('an event that knows no place starts at its incident’s', async () => {
  const ground = await triggering([response('go', [shots], { inputs: { location: place({ required: true }) } })]);
  await ground.hear(event('e1', 'I1', { location: undefined }));
  expect(await ground.stores.executions.get('go-I1')).toMatchObject({ input: { location: { lat: 26.7753 } } });
});

const declared = condition({ category: 'INCIDENT', facts: { exigency: { by: ['dispatch'] } } });

test('a fact about an incident starts what waits for it, though no event does', async () => {
  const ground = await triggering([response('mass', [declared])]);
  await ground.hear(event('e1', 'I1'));
  expect(ground.started).toEqual([]);
  await ground.stores.journal.commit('I1', [], [ground.stores.facts.record(fact('I1', 'exigency'))]);
  const stated = {
    ...event('f1', 'I1', { source: 'dispatch', type: 'fact.asserted' }),
    data: { fact: { kind: 'exigency', subject: 'incident/I1' } },
  };
  await ground.hear(stated);
  await ground.hear(stated);
  expect(ground.started).toEqual(['mass-I1']);
  expect(await ground.stores.executions.get('mass-I1')).toMatchObject({ input: { startedBy: 'CONDITION', summary: 'Shots' } });
});

test.each([
  ['has run out', { expiresAt: '2026-11-22T16:59:00.000Z' }],
  ['comes from a source without authority', { source: 'ai_sentinel' as const }],
  ['is about another incident', { subject: 'incident/I9' }],
])('a fact that %s meets no condition', async (_, more) => {
  const ground = await triggering([response('mass', [declared])]);
  await ground.stores.journal.commit('I1', [], [ground.stores.facts.record(fact('I1', 'exigency', more))]);
  await ground.hear(event('e1', 'I1'));
  expect(ground.started).toEqual([]);
});

test('an empty test of a kind asks only that there is such a fact', async () => {
  const ground = await triggering([response('mass', [condition({ facts: { exigency: {} } })])]);
  await ground.hear(event('e1', 'I1'));
  expect(ground.started).toEqual([]);
  await ground.stores.journal.commit('I1', [], [ground.stores.facts.record(fact('I1', 'exigency'))]);
  await ground.hear(event('e2', 'I1'));
  expect(ground.started).toEqual(['mass-I1']);
});

test('no fact is read for an incident that no condition looks at', async () => {
  const ground = await triggering([response('mass', [condition({ category: 'CYBER', facts: { exigency: {} } })])]);
  const asked: (readonly string[])[] = [];
  const { about } = ground.stores.facts;
  ground.stores.facts.about = (subjects) => {
    asked.push(subjects);
    return about(subjects);
  };
  await ground.hear(event('e1', 'I1'));
  expect(asked).toEqual([]);
});

const completed = (executionId: string, more: object = {}) => ({
  executionId,
  workflow: executionId.split('-')[0],
  status: 'COMPLETED',
  ...more,
});

test('a workflow follows another on its incident, with its place and what inputs are named alike', async () => {
  const after = response('after', [chain('first', { said: { look: { hit: [true] } } }, 'it was a hit')], {
    inputs: { patients: number('data.none') },
  });
  const ground = await triggering([response('first', [shots], { inputs: { patients: number('data.patients') } }), after]);
  await ground.hear(event('e1', 'I1', { data: { patients: 4 } }));
  await ground.say('workflow.completed', completed('first-I1', { said: { look: { hit: false } } }));
  expect(ground.started).toEqual(['first-I1']);
  for (let n = 0; n < 2; n += 1) await ground.say('workflow.completed', completed('first-I1', { said: { look: { hit: true } } }));
  expect(ground.started).toEqual(['first-I1', 'after-I1']);
  expect(await ground.stores.executions.get('after-I1')).toMatchObject({
    incidentId: 'I1',
    input: { startedBy: 'CHAIN', inputs: { patients: 4 }, location: { lat: 26.7753 }, chain: { after: 'first-I1', depth: 1 } },
  });
});

test('a chain ends after five, and says so', async () => {
  const names = ['c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6'];
  const workflows = names.map((name, nth) => response(name, nth === 0 ? [shots] : [chain(names[nth - 1] ?? '', {}, 'always')]));
  const ground = await triggering(workflows);
  await ground.hear(event('e1', 'I1'));
  for (const name of names)
    if (await ground.stores.executions.get(`${name}-I1`)) await ground.say('workflow.completed', completed(`${name}-I1`));
  expect(ground.started).toEqual(['c0-I1', 'c1-I1', 'c2-I1', 'c3-I1', 'c4-I1', 'c5-I1']);
  expect((await ground.kinds('match.refused'))[0]?.data).toMatchObject({ workflow: 'c6', clause: 'chain:depth' });
});

test('two workflows that follow each other on one incident join, and do not go round', async () => {
  const ground = await triggering([
    response('first', [shots, chain('second', {}, 'back')]),
    response('second', [chain('first', {}, 'on')]),
  ]);
  await ground.hear(event('e1', 'I1'));
  await ground.say('workflow.completed', completed('first-I1'));
  await ground.say('workflow.completed', completed('second-I1'));
  expect(ground.started).toEqual(['first-I1', 'second-I1']);
});

test('each firing of a schedule is one run, however often it is delivered', async () => {
  const ground = await triggering([response('purge', [schedule('cron(0 3 1 * ? *)', 'monthly')])]);
  for (const at of ['2026-11-22T17:00:00Z', '2026-11-22T17:00:00Z', '2026-12-22T17:00:00Z'])
    await ground.say('workflow.scheduled', { workflow: 'purge', at });
  expect(ground.started).toHaveLength(2);
  expect(await ground.stores.executions.get(ground.started[0] ?? '')).toMatchObject({ input: { startedBy: 'SCHEDULE' } });
});

const request = (workflow: string, more: object = {}) => ({
  workflow,
  reason: 'as asked',
  inputs: {},
  requestId: 'R1',
  by: 'person-1',
  role: 'supervisor',
  at: '2026-11-22T17:00:00Z',
  ...more,
});

test('a person starts only what people may start, and as whom is kept', async () => {
  const ground = await triggering([response('open', [manual('anybody')]), response('closed', [shots])]);
  await ground.say('workflow.requested', request('open'));
  await ground.say('workflow.requested', request('closed', { requestId: 'R2' }));
  expect(ground.started).toEqual(['open-R1']);
  expect(await ground.stores.executions.get('open-R1')).toMatchObject({ input: { startedBy: 'MANUAL', requestedBy: 'person-1' } });
  expect((await ground.kinds('match.refused'))[0]?.data).toMatchObject({ clause: 'trigger:MANUAL' });
});

test('an event matches by its EVENT triggers alone', () => {
  expect(
    matching([response('a', [shots]), response('b', [declared]), response('c', [manual('m')])])(event('e1', 'I1')).map(({ name }) => name),
  ).toEqual(['a']);
});

test('whyNot says what an event lacks to start a workflow, and nothing where it would', () => {
  const two = response('two', [on({ type: 'call.shots-fired', confidence: atLeast(0.7) }), on({ type: 'gunshot.detected' })]);
  expect(whyNot(two, event('e1', 'I1', { confidence: 0.6 }))).toMatchObject({
    fits: false,
    triggers: [{ matches: false }, { matches: false }],
    says: ['confidence is 0.6; wanted ≥ 0.7', 'type is "call.shots-fired"; wanted "gunshot.detected"'],
  });
  expect(whyNot(two, event('e1', 'I1', { confidence: 0.7 }))).toMatchObject({ fits: true, says: [] });
  expect(whyNot(response('asked', [manual('m')]), event('e1', 'I1'))).toMatchObject({
    fits: false,
    says: ['asked is started by no event'],
  });
});
