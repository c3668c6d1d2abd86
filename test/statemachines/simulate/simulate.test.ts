import { describe, expect, test } from 'vitest';
import type { IngestRequest } from '../../../shared/contracts/event.ts';
import { Simulation } from '../../../shared/contracts/simulation.ts';
import { gunfireResponse } from '../../../workflows/gunfire-response.ts';
import { anApproval, aStep, aWorkflow } from '../compile/samples.ts';
import { ask, inTheCity, law, simulated, told, world } from './ground.ts';

const patrol = (name: string, more: Parameters<typeof aStep>[1] = {}) =>
  aStep(name, { action: 'PATROL_REROUTE', with: { mode: 'respond' }, needs: { OFFICER: 1 }, undo: 'human', ...more });
const drone = (name: string, more: Parameters<typeof aStep>[1] = {}) =>
  aStep(name, { action: 'DRONE_DISPATCH', with: {}, needs: { DRONE: 1 }, undo: 'auto', ...more });

describe('a whole response', () => {
  test('gunfire-response completes on its own event, and its result keeps its contract', async () => {
    const simulation = await inTheCity(gunfireResponse);
    expect(Simulation.parse(simulation)).toEqual(simulation);
    expect(simulation).toMatchObject({ status: 'COMPLETED', degraded: false, missing: [], startedBy: 'EVENT', trigger: { fits: true } });
    expect(simulation.history.at(-1)).toMatchObject({ type: 'ExecutionSucceeded' });
    expect(simulation.sent.map(({ type }) => type).sort()).toEqual(['DRONE', 'OFFICER', 'OFFICER', 'VEHICLE']);
    expect(simulation.sent.every(({ untilS }) => untilS !== undefined)).toBe(true);
    expect(simulation.approvals).toMatchObject([{ step: 'releasePrediction', ask: 'watch_commander', answer: 'approve' }]);
    expect(simulation.judgements.find(({ step }) => step === 'sendDrone')?.facts.map(({ kind }) => kind)).toContain('exigency');
  });

  test('the same question has the same answer', async () => {
    expect(await inTheCity(gunfireResponse, { slow: ['sendDrone'] })).toEqual(await inTheCity(gunfireResponse, { slow: ['sendDrone'] }));
  });

  test('a deadline of half an hour passes on the virtual clock', async () => {
    const simulation = await inTheCity(gunfireResponse, { takes: { preserveEvidence: 110 }, approvals: { releasePrediction: 'silent' } });
    expect(simulation.seconds).toBeGreaterThan(400);
    expect(told(simulation, 'approval.expired', 'step.missed')).toEqual([
      'approval.expired releasePrediction',
      'step.missed releasePrediction',
    ]);
    expect(simulation).toMatchObject({
      status: 'COMPLETED',
      degraded: true,
      missing: [{ step: 'releasePrediction', error: 'States.Timeout' }],
    });
  });
});

describe('units', () => {
  test('the nearest are sent, and two steps are not given one unit', async () => {
    const among = world({ near: ['OFFICER', 100], far: ['OFFICER', 900], farther: ['OFFICER', 2000] });
    const { sent } = await simulated(aWorkflow([patrol('first'), patrol('second')]), {}, { among });
    expect(sent).toMatchObject([
      { id: 'near', step: 'first', distanceM: 100 },
      { id: 'far', step: 'second', distanceM: 900 },
    ]);
  });

  test('a step that waits for units waits in vain, for as long as it says, and then does without', async () => {
    const among = world({ one: ['OFFICER', 100] });
    const simulation = await simulated(aWorkflow([patrol('send', { needs: { OFFICER: 2 }, waits: 120 })]), {}, { among });
    expect(simulation).toMatchObject({ degraded: true, sent: [], missing: [{ step: 'send', error: 'SWOE.ResourcesShort' }] });
    expect(simulation.seconds).toBeGreaterThanOrEqual(120);
    expect(simulation.notSent).toMatchObject([{ step: 'send', why: expect.stringContaining('waited 120 s') }]);
  });

  test('what is short is said, with the step that does not go out', async () => {
    const among = world({ one: ['OFFICER', 100] });
    const simulation = await simulated(aWorkflow([patrol('send', { needs: { OFFICER: 3 } })]), {}, { among });
    expect(simulation.timeline.find(({ kind }) => kind === 'resource.short')).toMatchObject({ step: 'send', short: { OFFICER: 2 } });
    expect(simulation.notSent).toMatchObject([{ step: 'send', why: 'not enough free units within reach: 2 OFFICER short' }]);
    expect(simulation).toMatchObject({ degraded: true, sent: [], missing: [{ step: 'send', error: 'SWOE.ResourcesShort' }] });
  });

  test('a step that is tried again keeps its unit, and gives it back when it is missed', async () => {
    const among = world({ one: ['DRONE', 100], two: ['DRONE', 200] });
    const simulation = await simulated(aWorkflow([drone('fly', { retries: 1 })]), { fail: ['fly'] }, { among });
    expect(told(simulation, 'step.started', 'step.failed', 'resource.released')).toEqual([
      'step.started open',
      'step.started fly',
      'step.failed fly',
      'step.started fly',
      'step.failed fly',
      'resource.released fly',
      'step.started release',
      'step.started record',
    ]);
    expect(simulation.sent).toMatchObject([{ id: 'one', step: 'fly' }]);
  });

  test('help is sent for where no unit is free', async () => {
    const tell = aStep('tell', { action: 'NOTIFICATION_SEND', with: { to: 'ems' }, needs: { COMMUNICATION_CHANNEL: 1 }, undo: 'human' });
    const simulation = await simulated(aWorkflow([tell]));
    expect(told(simulation, 'action.requested', 'step.completed')).toContain('action.requested tell');
    expect(simulation.degraded).toBe(false);
  });
});

describe('guardrails', () => {
  test('a step that is refused says by which clause, at its own moment', async () => {
    const policy = law({ id: 'no-drones', severity: 'BLOCKING', action: 'DRONE_DISPATCH' });
    const simulation = await simulated(aWorkflow([drone('fly')]), {}, { policy, among: world({ one: ['DRONE', 100] }) });
    expect(told(simulation, 'step.refused', 'resource.allocated')).toEqual(['step.refused fly']);
    expect(simulation.judgements.filter(({ verdict }) => verdict === 'refuse')).toMatchObject([
      { step: 'fly', action: 'DRONE_DISPATCH', atS: 1, clauses: [{ id: 'no-drones', refusal: 'No: no-drones.', citation: 'none' }] },
    ]);
    expect(simulation.notSent).toMatchObject([{ step: 'fly', why: 'No: no-drones.' }]);
  });

  test.each([
    ['approve', ['step.held fly', 'approval.answered fly', 'step.completed fly']],
    ['refuse', ['step.held fly', 'approval.answered fly']],
    ['silent', ['step.held fly']],
  ] as const)('a warning holds the step for a supervisor, who is assumed to %s', async (answer, moments) => {
    const policy = law({ id: 'ask-first', severity: 'WARNING', action: 'DRONE_DISPATCH' });
    const workflow = aWorkflow([drone('fly')], { timeout: 200_000 });
    const simulation = await simulated(workflow, { approvals: { fly: answer } }, { policy, among: world({ one: ['DRONE', 100] }) });
    expect(simulation.approvals).toMatchObject([{ step: 'fly', kind: 'hold', ask: 'supervisor', answer }]);
    const about = (moment: string): boolean => moment.endsWith(' fly');
    expect(told(simulation, 'step.held', 'approval.answered', 'step.completed').filter(about)).toEqual(moments);
    expect(simulation.degraded).toBe(answer !== 'approve');
  });

  test('a run that may not start is refused, and nothing else happens', async () => {
    const policy = law({ id: 'not-now', severity: 'BLOCKING', action: 'START_WORKFLOW' });
    const simulation = await simulated(aWorkflow([drone('fly')]), {}, { policy });
    expect(simulation).toMatchObject({ status: 'REFUSED', sent: [], history: [], cost: { aws: { stateTransitions: 0 } } });
    expect(simulation.timeline.map(({ kind }) => kind)).toEqual(['guardrail.decided', 'match.refused']);
  });

  test('a fact that runs out during the run no longer stands when its step comes', async () => {
    const late = await inTheCity(gunfireResponse, { takes: { validatePolicy: 9 } });
    expect(told(late, 'step.refused')).toEqual([]);
    const event = { specversion: '1.0', id: 'old', source: 'gunshot_detection', type: 'gunshot.detected' } as const;
    const shot = { ...event, time: '2026-11-22T16:30:05Z', data: { entities: [], confidence: 0.9 } };
    const old = await inTheCity(
      gunfireResponse,
      { event: shot, takes: { validatePolicy: 9 }, location: { lat: 26.7751, lon: -80.0607, radiusM: 0 } },
      ['exigency'],
    );
    expect(told(old, 'step.refused')).toEqual(['step.refused sendDrone']);
  });
});

describe('people', () => {
  test('two persons are asked for where two must say yes', async () => {
    const simulation = await simulated(aWorkflow([anApproval({ second: 'chief' })]));
    expect(simulation.approvals).toMatchObject([{ step: 'ask', ask: 'supervisor', second: 'chief' }]);
    expect(told(simulation, 'step.completed')).toContain('step.completed allowed');
  });

  test('silence climbs, and each who is asked is named', async () => {
    const climbing = aWorkflow([anApproval({ onSilence: 'escalate', escalateTo: ['watch_commander'] })]);
    const { approvals, missing } = await simulated(climbing, { approvals: { ask: 'silent' } });
    expect(approvals.map((asked) => asked.ask)).toEqual(['supervisor', 'watch_commander']);
    expect(missing).toMatchObject([{ step: 'ask', error: 'States.Timeout' }]);
  });

  test('a no leads past what stands behind it', async () => {
    const simulation = await simulated(aWorkflow([anApproval({ otherwise: [aStep('instead')] })]), { approvals: { ask: 'refuse' } });
    expect(told(simulation, 'step.completed').slice(1, 2)).toEqual(['step.completed instead']);
  });
});

test('a step that fails as before after a yes is left, not tried for ever', async () => {
  const simulation = await simulated(aWorkflow([aStep('look', { onFailure: 'hold' })]), { fail: ['look'] });
  expect(simulation.approvals.map(({ step, answer }) => [step, answer])).toEqual([
    ['look', 'approve'],
    ['look', 'refuse'],
  ]);
  expect(simulation).toMatchObject({ status: 'COMPLETED', missing: [{ step: 'look', error: 'SWOE.Refused' }] });
});

test('a run ends at its own end, whatever else its clock had in store', async () => {
  const rounds = aWorkflow([
    {
      kind: 'repeat',
      name: 'again',
      every: 1,
      times: 1000,
      steps: ['look', 'see', 'hear', 'note'].map((name) => aStep(name, { within: 1 })),
    },
  ]);
  const simulation = await simulated({ ...rounds, timeout: 80_000 });
  // AWS ends it where its history is full: 25,000 events.
  expect(simulation).toMatchObject({ status: 'FAILED', cause: expect.stringContaining('history') });
  expect(simulation.seconds).toBeLessThan(10_000);
});

describe('conditions', () => {
  const reader = (match: 'confirmed' | 'none') =>
    aWorkflow([
      aStep('look', { action: 'FUSION_CLOUD_SYNC', with: {} }),
      patrol('go', { when: `{% $states.input.said.look.match = '${match}' %}`, needs: {} }),
    ]);

  test('a reply says the usual unless another is assumed, and a step whose condition does not hold is passed over', async () => {
    expect(told(await simulated(reader('confirmed')), 'step.passed-over', 'action.requested')).toEqual([
      'action.requested look',
      'action.requested go',
    ]);
    const other = await simulated(reader('confirmed'), { said: { look: { match: 'none' } } });
    expect(told(other, 'step.passed-over', 'action.requested')).toEqual(['action.requested look', 'step.passed-over go']);
    expect(other.degraded).toBe(false);
  });

  test('rounds are counted until they are enough', async () => {
    const rounds = aWorkflow([{ kind: 'repeat', name: 'again', every: 120, times: 3, steps: [aStep('look')] }]);
    const { timeline } = await simulated(rounds);
    const looks = timeline.filter(({ kind, step }) => kind === 'step.started' && step === 'look');
    expect(looks.map(({ round = 0, atS }) => [round, Math.round(atS / 100)])).toEqual([
      [0, 0],
      [1, 1],
      [2, 3],
    ]);
  });
});

describe('an end that is no completion', () => {
  const failing = aWorkflow([drone('fly'), patrol('go'), aStep('look', { onFailure: 'fail' })]);
  const among = world({ d: ['DRONE', 100], o: ['OFFICER', 100] });

  test('is compensated newest first: undone, or by whom it must be', async () => {
    const simulation = await simulated(failing, { fail: ['look'] }, { among });
    expect(simulation).toMatchObject({ status: 'FAILED', degraded: true, cause: expect.stringContaining('SWOE.ActionFailed') });
    expect(simulation.undoing).toEqual([
      { step: 'go', action: 'PATROL_REROUTE', undone: false, who: 'a named person must undo it' },
      { step: 'fly', action: 'DRONE_DISPATCH', undone: true },
    ]);
    expect(simulation.sent).toMatchObject([
      { id: 'd', untilS: expect.any(Number) },
      { id: 'o', who: 'the unit or CAD' },
    ]);
  });

  test('a run that is called off while a drone is under way has it turned back', async () => {
    const simulation = await simulated(failing, { cancelAfterS: 5 }, { among });
    expect(simulation).toMatchObject({ status: 'CANCELLED', undoing: [{ step: 'fly', undone: true }] });
    expect(told(simulation, 'workflow.cancel-requested', 'step.undone', 'workflow.cancelled')).toHaveLength(3);
  });

  test('a run that reaches its ceiling ends as TIMEOUT and is compensated', async () => {
    const simulation = await simulated({ ...failing, timeout: 20 }, {}, { among });
    expect(simulation).toMatchObject({ status: 'TIMEOUT', seconds: 20, undoing: [{ step: 'fly', undone: true }] });
  });
});

describe('what does not fit is named by its place', () => {
  test.each([
    [{ fail: ['nobody'] }, 'fail', 'There is no step nobody; there are open, look'],
    [{ slow: ['nobody'] }, 'slow', 'There is no step nobody'],
    [{ approvals: { nobody: 'refuse' } }, 'approvals', 'There is no approval or step nobody'],
    [{ said: { look: { colour: 'red' } } }, 'said.look', 'declares no colour'],
    [{ said: { look: { match: 'perhaps' } } }, 'said.look', 'match: '],
    [{ location: undefined, inputs: {} }, 'location', 'cannot run without location'],
    [{ incidentId: 'i-404' }, 'incidentId', 'There is no incident i-404'],
    [{ inputs: { people: 'many' } }, 'inputs.people', 'people is a number'],
  ] as const)('%j', async (asked, path, message) => {
    const inputs = {
      location: { type: 'location' as const, required: true, from: 'location' },
      people: { type: 'number' as const, required: false, from: 'data.people' },
    };
    const outcome = await ask(aWorkflow([aStep('look', { action: 'FUSION_CLOUD_SYNC', with: {} })], { inputs }), asked as object);
    expect(outcome).toMatchObject({ ok: false, complaints: [{ path, message: expect.stringContaining(message) }] });
  });

  test('an event that states what is starts nothing', async () => {
    const event: IngestRequest = { specversion: '1.0', id: 'u', source: 'dispatch', type: 'unit.status', data: { entities: [] } };
    expect(await ask(gunfireResponse, { event })).toMatchObject({ ok: false, complaints: [{ path: 'event.type' }] });
  });
});

test('an event that no trigger fits is simulated all the same, and the result says so', async () => {
  const event: IngestRequest = { specversion: '1.0', id: 'm', source: 'dispatch', type: 'call.medical', data: { entities: [] } };
  expect((await simulated(gunfireResponse, { event })).trigger).toEqual({
    fits: false,
    why: 'no EVENT trigger of gunfire-response fits this event',
  });
  expect((await simulated(gunfireResponse, { startedBy: 'SCHEDULE' })).trigger.fits).toBe(false);
  expect((await simulated(gunfireResponse)).trigger).toEqual({ fits: true, why: 'an officer or dispatcher heard it' });
});
