import { expect, test } from 'vitest';
import { create } from '../../../functions/step/handler.ts';
import type { StepCommand } from '../../../shared/contracts/execution.ts';
import type { Fact } from '../../../shared/contracts/policy.ts';
import type { ResourceType } from '../../../shared/contracts/vocabulary.ts';
import type { Step } from '../../../shared/contracts/workflow.ts';
import { type Rooms, rooms } from '../../support/rooms.ts';
import { execution, exigency, perform, stage, stepNamed, unit } from '../../support/scene.ts';

const RUN = 'gunfire-response-I1';
const done = (ground: Rooms) =>
  ground.asked.filter(({ operation }) => operation === 'SendTaskSuccess').map(({ input }) => String(input['output']));
const failures = (ground: Rooms) =>
  ground.asked.filter(({ operation }) => operation === 'SendTaskFailure').map(({ input }) => input['error']);
const statusOf = async (ground: Rooms, id: string) => (await ground.stores.resources.get(id))?.status;

const staging = (needs: Step['needs'], more: object = {}): StepCommand => {
  const step: Step = { ...stepNamed('releaseUnits'), name: 'stageUnits', action: 'RESOURCE_ALLOCATE', needs, undo: 'auto' };
  return { ...perform('I1', 'releaseUnits'), step, arguments: { purpose: 'staging' }, token: 'token-stage', ...more } as StepCommand;
};
const giveBack = (which: 'all' | 'air' | 'ground') => perform('I1', 'releaseUnits', { arguments: { which }, token: `token-${which}` });

test('SWOE holds units itself: no subsystem is asked, and the step is done with their ids', async () => {
  const ground = rooms();
  await stage(ground, { fleet: [unit('near', 'HELICOPTER', 500), unit('far', 'HELICOPTER', 5000), unit('boat', 'BOAT', 200)] });
  const room = create(ground.runtime);
  await room(staging({ HELICOPTER: 1, BOAT: 1 }));
  expect(ground.told).toEqual([]);
  expect(done(ground)).toEqual([JSON.stringify({ actionId: `${RUN}/stageUnits/0`, said: {} })]);
  expect(await ground.stores.executions.step(RUN, 'stageUnits')).toMatchObject({ status: 'COMPLETED', units: ['near', 'boat'] });
  expect(await statusOf(ground, 'near')).toBe('HELD');
  const completed = (await ground.entries()).find(({ kind }) => kind === 'step.completed');
  expect(completed?.data['result']).toEqual({ units: { HELICOPTER: ['near'], BOAT: ['boat'] } });
  await room(staging({ HELICOPTER: 1, BOAT: 1 }, { token: 'again' }));
  expect(await statusOf(ground, 'far')).toBe('FREE');
});

test('too few units to hold is a failure of that step, and none is held', async () => {
  const ground = rooms();
  await stage(ground, { fleet: [unit('boat', 'BOAT', 200)] });
  await create(ground.runtime)(staging({ HELICOPTER: 1, BOAT: 1 }));
  expect(failures(ground)).toEqual(['SWOE.ResourcesShort']);
  expect(await statusOf(ground, 'boat')).toBe('FREE');
});

test.each([
  ['air', ['heli', 'drone']],
  ['ground', ['boat', 'car']],
  ['all', ['heli', 'drone', 'boat', 'car']],
] as const)('giving back %s gives back just that', async (which, freed) => {
  const ground = rooms();
  const types: Record<string, ResourceType> = { heli: 'HELICOPTER', drone: 'DRONE', boat: 'BOAT', car: 'VEHICLE' };
  await stage(ground, { fleet: Object.entries(types).map(([id, type]) => unit(id, type, 300)) });
  const room = create(ground.runtime);
  await room(staging({ HELICOPTER: 1, DRONE: 1, BOAT: 1, VEHICLE: 1 }));
  await room(giveBack(which));
  for (const id of Object.keys(types))
    expect([id, await statusOf(ground, id)]).toEqual([id, freed.some((one) => one === id) ? 'FREE' : 'HELD']);
});

test('units taken over from a superseded run are used first, the nearest first, under the fence they have', async () => {
  const ground = rooms();
  const fleet = [
    unit('free', 'OFFICER', 100),
    unit('mine-far', 'OFFICER', 4000),
    unit('mine-near', 'OFFICER', 2000),
    unit('car', 'VEHICLE', 50),
  ];
  await stage(ground, { fleet });
  for (const one of fleet.filter(({ id }) => id.startsWith('mine'))) {
    const until = '2026-11-22T17:35:00.000Z';
    const lease = { resourceId: one.id, executionId: RUN, step: 'taken-over', fence: 1, until, priority: 'EMERGENCY' as const };
    await ground.stores.journal.commit('I1', [], ground.stores.resources.claim(one, lease, '2026-11-22T17:00:00.000Z'));
  }
  const step = { ...stepNamed('sendPatrols'), needs: { OFFICER: 1 } };
  await create(ground.runtime)(perform('I1', 'sendPatrols', { step }));
  expect(ground.told.at(-1)?.detail['units']).toEqual([{ id: 'mine-near', type: 'OFFICER', fence: 1 }]);
  await create(ground.runtime)(staging({ OFFICER: 2 }));
  const leases = (await ground.stores.resources.heldBy(RUN)).map(({ resourceId, step: of, fence }) => [resourceId, of, fence]);
  expect(leases.sort()).toEqual([
    ['free', 'stageUnits', 1],
    ['mine-far', 'stageUnits', 1],
    ['mine-near', 'sendPatrols', 1],
  ]);
  expect(await ground.stores.resources.lapsed('2027')).toHaveLength(3);
});

const verdict = (kind: string, source: Fact['source'], hours: number): Fact => ({
  ...exigency('I1'),
  subject: 'workflow/gunfire-response',
  kind,
  source,
  value: { score: 90, objects: false, state: 'none' },
  eventKey: `${source}#verdict`,
  expiresAt: new Date(Date.UTC(2026, 10, 22, 17 + hours)).toISOString(),
});

test.each([
  ['missing', [], ['moral_compass', 'public_guardian']],
  ['there', [verdict('moral-verdict', 'moral_compass', 24), verdict('guardian-review', 'public_guardian', 24)], []],
  ['about to end', [verdict('moral-verdict', 'moral_compass', 1), verdict('guardian-review', 'public_guardian', 2)], ['moral_compass']],
  ['of a source that has no say', [verdict('moral-verdict', 'ai_sentinel', 24)], ['moral_compass', 'public_guardian']],
] as const)('a verdict that is %s: who is asked for it, while the step goes on at once', async (_, facts, subsystems) => {
  const ground = rooms();
  await stage(ground, { facts: [...facts] });
  await create(ground.runtime)(perform('I1', 'validatePolicy'));
  expect(ground.told.map(({ type, detail }) => [type, detail['subsystem'], detail['workflow']])).toEqual(
    subsystems.map((subsystem) => ['verdict.requested', subsystem, 'gunfire-response']),
  );
  const journaled = (await ground.entries()).filter(({ kind }) => kind === 'verdict.requested').map(({ data }) => data['subsystem']);
  expect(journaled).toEqual([...subsystems]);
  expect(done(ground)).toHaveLength(1);
});

test('an action is told what the event named, as far as it may be, and the journal only which kinds', async () => {
  const ground = rooms();
  const run = execution('I1');
  const event: NonNullable<typeof run.input.event> = {
    id: 'c1',
    source: 'cad_system',
    type: 'call.shots-fired',
    category: 'INCIDENT',
    priority: 'CRITICAL',
    occurredAt: run.createdAt,
    receivedAt: run.createdAt,
    entities: [
      { kind: 'plate', id: 'FL ABC123' },
      { kind: 'phone', id: '+15615550100' },
    ],
    threatLevel: 0.5,
    confidence: 0.9,
    summary: 'Shots',
    agency: run.agency,
    data: {},
    flags: [],
    incidentId: 'I1',
    incident: { id: 'I1', change: 'opened', sources: ['cad_system'], independentSources: 1, events: 1, confidence: 0.9 },
  };
  await stage(ground, { executions: [{ ...run, input: { ...run.input, event } }] });
  const room = create(ground.runtime);
  await room(perform('I1', 'alertOfficers'));
  await room(perform('I1', 'adviseTactics'));
  expect(ground.told.map(({ detail }) => [detail['action'], detail['entities']])).toEqual([
    ['OFFICER_ALERT', [{ kind: 'plate', id: 'FL ABC123' }]],
    ['TACTICAL_ANALYSIS', []],
  ]);
  const requested = (await ground.entries()).filter(({ kind }) => kind === 'action.requested');
  expect(requested.map(({ data }) => data['told'])).toEqual([['plate'], undefined]);
  expect(JSON.stringify(await ground.entries())).not.toContain('ABC123');
});
