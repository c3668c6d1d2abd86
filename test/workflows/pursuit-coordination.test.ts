import { expect, it } from 'vitest';
import { flatten, stepsOf } from '../../shared/contracts/workflow.ts';
import { pursuitCoordination as pursuit } from '../../workflows/pursuit-coordination.ts';
import { starts, stepOf, triggerOf, way } from './reading.ts';

const starting = starts(pursuit);
const node = (name: string) => flatten(pursuit.steps).find((one) => one.name === name);

it.each([
  ['an officer’s declaration with its reason', true, { type: 'pursuit.declared', source: 'dispatch', data: { reason: 'violent-crime' } }],
  [
    'one for another reason, which the supervisor may end',
    true,
    { type: 'pursuit.declared', source: 'cad_system', data: { reason: 'other' } },
  ],
  ['a declaration without a reason', false, { type: 'pursuit.declared', source: 'dispatch' }],
  ['a reason that is none', false, { type: 'pursuit.declared', source: 'dispatch', data: { reason: 'speeding' } }],
  ['a vehicle that flees', false, { type: 'vehicle.fleeing', source: 'cad_system', data: { reason: 'violent-crime' } }],
  ['a reader’s hit', false, { type: 'plate.hit', source: 'lpr_network', data: { reason: 'violent-crime' } }],
])('%s starts it: %s', (_what, yes, detail) => {
  expect(starting(detail)).toBe(yes);
});

it('nothing but an officer’s declaration starts it', () => {
  expect(pursuit.on.map(({ kind }) => kind)).toEqual(['EVENT', 'MANUAL']);
  expect(triggerOf(pursuit, 'MANUAL')).toBeDefined();
  expect(pursuit.inputs['reason']).toMatchObject({ required: true });
});

it('four are told or held at once; then each half minute it is weighed and the supervisor asked; then a look-out, evidence and a file', () => {
  expect(way(pursuit)).toBe(
    'PV → [SA ‖ PR ‖ RA ‖ NS neighbours] → every 30 s(TAC → if supervisor?(if supervisor?([RA ‖ OA]), else [OA ‖ NS neighbours])) → supervisor?(BOLO) → EV → INV → RR → AUDIT_LOG',
  );
});

it('a supervisor has 60 s; on a no, and on silence, the officers are advised to end it', () => {
  const question = node('continuePursuit');
  expect(question).toMatchObject({ ask: 'supervisor', within: 60, onSilence: 'refuse' });
  expect(question?.kind === 'approval' && stepsOf(question.otherwise).map(({ name }) => name)).toEqual(['adviseEnd', 'adviseNeighbours']);
  expect(stepOf(pursuit, 'adviseEnd').with).toMatchObject({ advice: 'end-pursuit' });
  expect(stepOf(pursuit, 'adviseNeighbours').with).toMatchObject({ purpose: 'advise-termination' });
});

it('it is watched until the vehicles stand still or somebody heard the advice; the machine’s own advice ends nothing', () => {
  const watch = node('watchPursuit');
  expect(watch?.kind === 'repeat' && watch.until).toBe(
    '{% ($states.input.said.weighPursuit.moving = false) or ($states.input.said.adviseEnd.heard = true) %}',
  );
  expect(JSON.stringify(pursuit)).not.toContain('.recommend');
});

it('spikes are asked for anew in each round, and only a crew is made ready', () => {
  expect(node('allowSpikes')).toMatchObject({ ask: 'supervisor', onSilence: 'refuse' });
  expect(
    stepsOf(pursuit.steps)
      .filter(({ with: { purpose } }) => purpose === 'spikes')
      .map(({ name }) => name),
  ).toEqual(['holdSpikeCrew']);
  const question = node('allowSpikes');
  expect(question?.kind === 'approval' && flatten(question.then).map(({ name }) => name)).toContain('holdSpikeCrew');
});

it('the look-out for the vehicle is a supervisor’s, ends by itself and can be called off', () => {
  expect(node('lookOut')).toMatchObject({ ask: 'supervisor', onSilence: 'refuse' });
  expect(stepOf(pursuit, 'issueBolo').with).toMatchObject({
    subject: 'vehicle',
    expires: '12h',
    owner: 'supervisor',
    cancelText: expect.any(String),
  });
});

it('no word of it sends a vehicle against another', () => {
  const words = stepsOf(pursuit.steps).flatMap(({ with: values }) => Object.values(values).map(String));
  expect(words.filter((word) => /^(pit|ram|box-in|pursue|stop|block)$/.test(word))).toEqual([]);
});
