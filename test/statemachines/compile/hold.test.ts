import { expect, it } from 'vitest';
import type { Node } from '../../../shared/contracts/workflow.ts';
import { vocabulary } from '../../../workflows/vocabulary/index.ts';
import { run, type World } from './run.ts';
import { aStep, aWorkflow } from './samples.ts';

const patrol = aStep('send', { action: 'PATROL_REROUTE', with: { mode: 'respond' }, undo: 'human', within: 120 });
const look = aStep('look', { action: 'SENSOR_ACTIVATE', with: { what: 'cameras', radiusM: 100, keepMinutes: 5 } });
const units = aStep('units', { action: 'RESOURCE_ALLOCATE', with: { purpose: 'respond' }, onFailure: 'fail', undo: 'auto' });

/** Holds the step (or pauses the run) at its first attempt; what each question about it meets is `answers`, in their order. */
const held =
  (step: string, answers: readonly (string | undefined)[], error = 'SWOE.Held'): World =>
  ({ op, step: told, attempt }) => {
    if (told !== step) return undefined;
    if (op === 'hold') return answers[attempt - 1];
    return op === 'perform' && attempt === 1 ? error : undefined;
  };

const questions = ({ told }: Awaited<ReturnType<typeof run>>) =>
  told.flatMap(({ command, atS }) =>
    command.op === 'hold' ? [{ ask: command.ask, within: command.within, at: Math.round(atS), error: command.error.Error }] : [],
  );

it('held help climbs from the supervisor to the chief, 30 s each, and tells all of them what held it', async () => {
  expect(vocabulary.PATROL_REROUTE.silence).toBe('escalate');
  const outcome = await run(aWorkflow([patrol]), held('send', ['silence', 'silence', undefined]));
  expect(questions(outcome)).toEqual([
    { ask: 'supervisor', within: 30, at: 0, error: 'SWOE.Held' },
    { ask: 'watch_commander', within: 30, at: 30, error: 'SWOE.Held' },
    { ask: 'chief', within: 300, at: 60, error: 'SWOE.Held' },
  ]);
  expect([outcome.ops('perform').filter((step) => step === 'send').length, outcome.ops('miss')]).toEqual([2, []]);
});

it('help that nobody decides about is missed when the last clock runs out, and the run goes on', async () => {
  const outcome = await run(aWorkflow([patrol]), held('send', ['silence', 'silence', 'silence']));
  expect([outcome.ops('miss'), outcome.execution.status, Math.round(outcome.seconds)]).toEqual([['send'], 'SUCCEEDED', 360]);
});

it('a no about held help does not climb', async () => {
  const outcome = await run(aWorkflow([patrol]), held('send', ['silence', 'SWOE.Refused']));
  expect([outcome.ops('hold').length, outcome.ops('miss')]).toEqual([2, ['send']]);
});

it('a held look asks one supervisor for five minutes, and silence means no', async () => {
  const outcome = await run(aWorkflow([look]), held('look', ['silence']));
  expect(questions(outcome)).toEqual([{ ask: 'supervisor', within: 300, at: 0, error: 'SWOE.Held' }]);
  expect([outcome.ops('miss'), Math.round(outcome.seconds)]).toEqual([['look'], 300]);
});

it.each([0, 1])(
  'a no to a held step that must not be missed fails the run with that no, in a branch too (%i questions unanswered)',
  async (unanswered) => {
    const answers = [...Array.from({ length: unanswered }, () => 'silence'), 'SWOE.Refused'];
    for (const nodes of [[units], [{ kind: 'parallel', name: 'p', branches: { a: [units], b: [look] } }]] as Node[][]) {
      const { execution, ops } = await run(aWorkflow(nodes), held('units', answers));
      expect([execution.status, execution.error, ops('hold').length, ops('compensate').length]).toEqual([
        'FAILED',
        'SWOE.Refused',
        unanswered + 1,
        1,
      ]);
    }
  },
);

it('a paused run waits up to a day, asks nobody in between, and goes on with the same step', async () => {
  for (const step of [patrol, look]) {
    const outcome = await run(aWorkflow([step]), held(step.name, [undefined], 'SWOE.Paused'));
    expect(questions(outcome)).toEqual([{ ask: 'supervisor', within: 86_400, at: 0, error: 'SWOE.Paused' }]);
    expect([outcome.ops('perform').filter((name) => name === step.name).length, outcome.ops('miss')]).toEqual([2, []]);
    const forgotten = await run(aWorkflow([step]), held(step.name, ['silence'], 'SWOE.Paused'));
    expect([forgotten.ops('hold').length, forgotten.ops('miss'), Math.round(forgotten.seconds)]).toEqual([1, [step.name], 86_400]);
  }
});

it('a step of a run that is over is not tried again', async () => {
  const { ops } = await run(aWorkflow([{ ...look, retries: 3 }]), ({ op, step }) =>
    op === 'perform' && step === 'look' ? 'SWOE.Ended' : undefined,
  );
  expect(ops('perform').filter((step) => step === 'look')).toHaveLength(1);
});

const patient = { ...patrol, needs: { OFFICER: 1 }, waits: 240 };

it('a step that waits for its units asks nobody, and is tried anew when it was served', async () => {
  const outcome = await run(aWorkflow([patient]), held('send', [undefined], 'SWOE.Waiting'));
  expect(questions(outcome)).toEqual([{ ask: 'supervisor', within: 240, at: 0, error: 'SWOE.Waiting' }]);
  expect([outcome.ops('perform').filter((name) => name === 'send').length, outcome.ops('miss')]).toEqual([2, []]);
});

it('one that waited in vain misses, asks a person or fails as it says, as where it was short at once', async () => {
  const vain = held('send', ['SWOE.ResourcesShort', undefined], 'SWOE.Waiting');
  const missed = await run(aWorkflow([patient]), vain);
  expect([missed.ops('miss'), missed.execution.status]).toEqual([['send'], 'SUCCEEDED']);
  const asked = await run(aWorkflow([{ ...patient, onFailure: 'hold' }]), vain);
  expect(questions(asked).map(({ error }) => error)).toEqual(['SWOE.Waiting', 'SWOE.ResourcesShort']);
  const failed = await run(
    aWorkflow([{ ...units, needs: { OFFICER: 1 }, waits: 60 }]),
    held('units', ['SWOE.ResourcesShort'], 'SWOE.Waiting'),
  );
  expect([failed.execution.status, failed.execution.error]).toEqual(['FAILED', 'SWOE.ResourcesShort']);
});

it('a machine that is never told what became of its wait goes on two and a half minutes after it', async () => {
  const outcome = await run(aWorkflow([patient]), held('send', ['silence'], 'SWOE.Waiting'));
  expect([outcome.ops('miss'), Math.round(outcome.seconds)]).toEqual([['send'], 390]);
});
