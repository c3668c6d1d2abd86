import { expect, it } from 'vitest';
import { gunfireResponse } from '../../../workflows/gunfire-response.ts';
import { run, type World } from './run.ts';
import { anApproval, aStep, aWorkflow } from './samples.ts';

const fails =
  (which: string, error: string, times = Infinity): World =>
  ({ op, step, attempt }) =>
    (op === 'perform' || op === 'ask') && step === which && attempt <= times ? error : undefined;

it('gunfire-response runs from trigger to record, its first four responses side by side', async () => {
  const { execution, ops, told, input } = await run(gunfireResponse);
  expect(execution.status).toBe('SUCCEEDED');
  expect(JSON.parse(execution.output?.json ?? '')).toEqual(input);
  expect(ops('perform')).toEqual([
    ...[
      'validatePolicy',
      'alertOfficers',
      'sendDrone',
      'sendPatrols',
      'turnCameras',
      'adviseTactics',
      'preserveEvidence',
      'alertSupervisor',
    ],
    ...['predictPlaces', 'openInvestigation', 'releaseUnits', 'closeRecord'],
  ]);
  expect(new Set(told.slice(1, 5).map(({ atS }) => atS)).size).toBe(1);
  expect([ops('miss'), ops('complete'), ops('compensate')]).toEqual([[], [''], []]);
  expect(told.find(({ step }) => step === 'openInvestigation')?.command).toMatchObject({
    executionId: 'e1',
    arguments: { incidentId: 'INC-1' },
  });
});

it('a failed drone is missed and recalls nobody', async () => {
  const { execution, ops, told } = await run(gunfireResponse, fails('sendDrone', 'RotorFailure'));
  expect(execution.status).toBe('SUCCEEDED');
  expect([ops('miss'), ops('compensate')]).toEqual([['sendDrone'], []]);
  expect(ops('perform')).toContain('closeRecord');
  expect(told.find(({ op }) => op === 'miss')?.command).toMatchObject({
    action: 'DRONE_DISPATCH',
    undo: 'auto',
    error: { Error: 'RotorFailure', Cause: 'it was RotorFailure' },
  });
});

it('every single step of gunfire-response may fail, be refused or fall silent, and the run goes on to its record', async () => {
  const { ops } = await run(gunfireResponse);
  for (const step of ops('perform')) {
    for (const error of ['SWOE.Refused', 'SWOE.ResourcesShort', 'silence']) {
      const outcome = await run(gunfireResponse, fails(step, error));
      expect([step, error, outcome.execution.status, outcome.ops('miss')]).toEqual([step, error, 'SUCCEEDED', [step]]);
    }
  }
});

it('a step that hears nothing is missed when its clock runs out', async () => {
  const { told } = await run(gunfireResponse, fails('alertOfficers', 'silence'));
  const miss = told.find(({ op }) => op === 'miss');
  expect(miss).toMatchObject({ step: 'alertOfficers', command: { error: { Error: 'States.Timeout' } } });
  expect((miss?.atS ?? 0) - (told.find(({ step }) => step === 'alertOfficers')?.atS ?? 0)).toBeCloseTo(10, 1);
});

it.each(['SWOE.Refused', 'silence'])('a prediction that is answered with %s is not released, and the run says so', async (answer) => {
  const { execution, ops } = await run(gunfireResponse, fails('releasePrediction', answer));
  expect(execution.status).toBe('SUCCEEDED');
  expect(ops('perform')).not.toContain('predictPlaces');
  expect(ops('miss')).toEqual(['releasePrediction']);
});

it('a held step waits for a person, and a yes leads back to it', async () => {
  const { ops, execution } = await run(gunfireResponse, fails('sendPatrols', 'SWOE.Held', 1));
  expect(execution.status).toBe('SUCCEEDED');
  expect([ops('hold'), ops('perform').filter((step) => step === 'sendPatrols').length, ops('miss')]).toEqual([['sendPatrols'], 2, []]);
});

it('a no to a held step is its miss', async () => {
  const { ops } = await run(gunfireResponse, ({ op, step }) => {
    if (op === 'hold') return 'SWOE.Refused';
    return op === 'perform' && step === 'sendPatrols' ? 'SWOE.Held' : undefined;
  });
  expect([ops('hold'), ops('miss')]).toEqual([['sendPatrols'], ['sendPatrols']]);
});

it('a step whose failure holds asks a person what to do', async () => {
  const { ops } = await run(aWorkflow([aStep('look', { onFailure: 'hold' })]), fails('look', 'Broken', 1));
  expect([ops('hold'), ops('miss'), ops('complete').length]).toEqual([['look'], [], 1]);
});

it('a step is tried again as often as it says, and then missed', async () => {
  const { ops } = await run(aWorkflow([aStep('look', { retries: 2 })]), fails('look', 'Broken'));
  expect(ops('perform').filter((step) => step === 'look')).toHaveLength(3);
  expect(ops('miss')).toEqual(['look']);
});

it('a step whose failure fails the run leads to compensation and says why', async () => {
  const { execution, ops, told } = await run(aWorkflow([aStep('look', { onFailure: 'fail' }), aStep('after')]), fails('look', 'Broken'));
  expect([execution.status, execution.error, execution.cause]).toEqual(['FAILED', 'Broken', 'it was Broken']);
  expect([ops('perform').includes('after'), ops('compensate'), ops('complete')]).toEqual([false, [''], []]);
  expect(told.at(-1)?.command).toMatchObject({ op: 'compensate', error: { Error: 'Broken' } });
});

it('such a step inside a branch compensates the run once', async () => {
  const both = aWorkflow([{ kind: 'parallel', name: 'both', branches: { a: [aStep('look', { onFailure: 'fail' })], b: [aStep('slow')] } }]);
  const { execution, ops } = await run(both, ({ step }) => (step === 'look' ? 'Broken' : step === 'slow' ? 'silence' : undefined));
  expect([execution.status, execution.error, ops('compensate').length]).toEqual(['FAILED', 'Broken', 1]);
});

it('silence climbs the declared chain on the same clock, and then means no', async () => {
  const chain = aWorkflow([anApproval({ onSilence: 'escalate', escalateTo: ['watch_commander', 'chief'] })]);
  const silent = await run(chain, fails('ask', 'silence'));
  expect(silent.told.filter(({ op }) => op === 'ask').map(({ command }) => ('ask' in command ? command.ask : ''))).toEqual([
    'supervisor',
    'watch_commander',
    'chief',
  ]);
  expect([silent.ops('miss'), silent.seconds > 180]).toEqual([['ask'], true]);
  const second = await run(chain, fails('ask', 'silence', 1));
  expect(second.ops('perform')).toContain('allowed');
});

it('a no does not climb', async () => {
  const { ops } = await run(aWorkflow([anApproval({ onSilence: 'escalate', escalateTo: ['chief'] })]), fails('ask', 'SWOE.Refused'));
  expect([ops('ask').length, ops('miss')]).toEqual([1, ['ask']]);
});

it('a miss that cannot be written down still recalls nobody', async () => {
  const { execution, ops } = await run(gunfireResponse, ({ op, step }) => {
    if (op === 'miss') return 'Lambda.Unknown';
    return step === 'sendDrone' ? 'RotorFailure' : undefined;
  });
  expect(execution.status).toBe('SUCCEEDED');
  expect(ops('perform')).toContain('closeRecord');
});
