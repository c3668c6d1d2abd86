// biome-ignore-all lint/suspicious/noThenProperty: `then` is the language's word, and nobody awaits a node
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Simulation } from '../../../shared/contracts/simulation.ts';
import { flatten, type Node, type Step, stepsOf, type Workflow } from '../../../shared/contracts/workflow.ts';
import { workflows } from '../../../workflows/index.ts';
import { vocabulary } from '../../../workflows/vocabulary/index.ts';
import { anApproval, aStep, aWorkflow } from '../compile/samples.ts';
import { inTheCity, law, simulated, world } from './ground.ts';

/** Steps with every way to fail and to undo, side by side, behind a question and in rounds. */
const step = (name: string, more: Partial<Step>): Step => aStep(name, { action: 'DRONE_DISPATCH', with: {}, needs: { DRONE: 1 }, ...more });
const everyWay = aWorkflow(
  [
    {
      kind: 'parallel',
      name: 'both',
      branches: {
        a: [step('failsAuto', { onFailure: 'fail', undo: 'auto' }), step('degradesHuman', { undo: 'human' })],
        b: [step('degradesAuto', { undo: 'auto', retries: 1 }), step('holdsAuto', { onFailure: 'hold', undo: 'auto' })],
        c: [anApproval({ then: [step('allowed', { undo: 'never' })], otherwise: [step('instead', { undo: 'auto' })] })],
      },
    },
    { kind: 'repeat', name: 'again', every: 30, times: 2, steps: [step('rounds', { undo: 'auto' })] },
    step('failsHuman', { onFailure: 'fail', undo: 'human' }),
    step('failsNever', { onFailure: 'fail', undo: 'never' }),
  ],
  { timeout: 240 },
);

const some = (names: readonly string[]) => fc.subarray([...names], { maxLength: 3 });
const named = ({ steps }: Workflow, kinds: readonly Node['kind'][]): string[] =>
  flatten(steps)
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ name }) => name);

const assumed = (workflow: Workflow) => {
  const steps = named(workflow, ['step']);
  return fc.record({
    fail: some(steps),
    slow: some(steps),
    approvals: fc.dictionary(fc.constantFrom(...named(workflow, ['step', 'approval'])), fc.constantFrom('approve', 'refuse', 'silent'), {
      maxKeys: 3,
    }),
    // Beyond their own clocks too: then the answer comes to nobody.
    takes: fc.dictionary(fc.constantFrom(...steps), fc.integer({ min: 1, max: 200 }), { maxKeys: 6 }),
    cancelAfterS: fc.option(fc.integer({ min: 1, max: 400 }), { nil: undefined, freq: 3 }),
  });
};

/** Each unit was given back or stands with somebody who gives it back, and no unit was given twice at a time. */
const noUnitStaysReserved = ({ sent, seconds }: Simulation): void => {
  for (const { id, fromS, untilS, who } of sent) {
    expect([id, untilS === undefined ? who !== undefined : untilS >= fromS && untilS <= seconds]).toEqual([id, true]);
    const others = sent.filter((other) => other.id === id && other.fromS !== fromS);
    expect(others.filter((other) => other.fromS < (untilS ?? seconds) && (other.untilS ?? seconds) > fromS)).toEqual([]);
  }
};

/** What was asked for before the end began, and neither failed nor was called off since. */
const withEffect = ({ timeline }: Simulation, workflow: Workflow): Set<string> => {
  const effects = new Set<string>();
  for (const { kind, step: name } of timeline.slice(
    0,
    timeline.findIndex(({ kind }) => kind === 'workflow.ending'),
  )) {
    if (!name) continue;
    if (kind === 'action.requested') effects.add(name);
    if (kind === 'step.failed' || kind === 'action.cancelled') effects.delete(name);
  }
  const inside = new Set(
    stepsOf(workflow.steps)
      .filter(({ action }) => vocabulary[action].performs === 'swoe')
      .map(({ name }) => name),
  );
  return new Set([...effects].filter((name) => !inside.has(name)));
};

const everyEffectIsAccountedFor = (simulation: Simulation, workflow: Workflow): void => {
  const effects = withEffect(simulation, workflow);
  if (simulation.status === 'COMPLETED') {
    const completed = new Set(simulation.timeline.filter(({ kind }) => kind === 'step.completed').map(({ step: name }) => name));
    expect([...effects].filter((name) => !completed.has(name))).toEqual([]);
    expect(simulation.undoing).toEqual([]);
    return;
  }
  expect(new Set(simulation.undoing.map(({ step: name }) => name))).toEqual(effects);
  for (const { undone, who } of simulation.undoing) expect(undone).toBe(who === undefined);
};

const holds = (workflow: Workflow, simulation: Simulation): void => {
  expect(['COMPLETED', 'FAILED', 'CANCELLED', 'TIMEOUT']).toContain(simulation.status);
  noUnitStaysReserved(simulation);
  everyEffectIsAccountedFor(simulation, workflow);
};

const fleet = Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`drone-${n}`, ['DRONE', 100 * (n + 1)] as ['DRONE', number]]));
const warned = law({ id: 'warned', severity: 'WARNING', action: 'TACTICAL_ANALYSIS' });

test('any mix of completions, failures, timeouts, refusals and a call-off leaves no unit reserved and no effect unaccounted for', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(assumed(everyWay), fc.integer({ min: 0, max: 9 }), async (asked, free) => {
      const among = world(Object.fromEntries(Object.entries(fleet).slice(0, free)));
      const simulation = await simulated(everyWay, asked, { among, policy: warned });
      seen.add(simulation.status);
      holds(everyWay, simulation);
    }),
    { numRuns: 150 },
  );
  expect([...seen].sort()).toEqual(['CANCELLED', 'COMPLETED', 'FAILED', 'TIMEOUT']);
});

test.each(workflows.map((workflow) => [workflow.name, workflow] as const))(
  'so it is with %s in the simulated city',
  async (_, workflow) => {
    await fc.assert(
      fc.asyncProperty(assumed(workflow), async (asked) => holds(workflow, await inTheCity(workflow, asked))),
      { numRuns: 8 },
    );
  },
);

test('a step that was dispatched and never answered is undone as one that was completed is', async () => {
  const among = world(fleet);
  const usual = await simulated(everyWay, {}, { among });
  const began = usual.timeline.find(({ kind, step: name }) => kind === 'step.started' && name === 'failsHuman')?.atS ?? 0;
  const cut = await simulated(everyWay, { slow: ['failsHuman'], cancelAfterS: began + 1 }, { among });
  expect(cut.undoing[0]).toEqual({ step: 'failsHuman', action: 'DRONE_DISPATCH', undone: false, who: 'a named person must undo it' });
});
