import { expect, it } from 'vitest';
import type { Machine, State } from '../../../statemachines/compile/asl.ts';
import { checkMachine } from '../../../statemachines/compile/check/machine.ts';
import { compile } from '../../../statemachines/compile/index.ts';
import { workflows } from '../../../workflows/index.ts';
import { aStep, aWorkflow } from './samples.ts';

const sound = compile(aWorkflow([{ kind: 'parallel', name: 'p', branches: { x: [aStep('a')] } }]));
const altered = (states: Record<string, State>): Machine => ({ ...sound, States: { ...sound.States, ...states } });
const pass = (next: string): State => ({ Type: 'Pass', Next: next });

it.each(workflows)('the machine of $name is one that AWS takes', (workflow) => {
  expect(checkMachine(compile(workflow), workflow.name)).toEqual([]);
});

it.each([
  ['a state that nothing leads to', altered({ alone: pass('done') }), 'MACHINE_REFUSED', 'w.States.alone'],
  ['a state that leads nowhere', altered({ open: pass('nowhere') }), 'MACHINE_REFUSED', 'w.States.open.Next'],
  ['a name that a branch has too', altered({ a: pass('done') }), 'DUPLICATE_NAME', 'w.a'],
  ['a name too long', altered({ ['a'.repeat(81)]: pass('done') }), 'NAME_TOO_LONG', `w.${'a'.repeat(81)}`],
])('%s is complained about', (_what, machine, code, place) => {
  expect(checkMachine(sound, 'w')).toEqual([]);
  expect(checkMachine(machine, 'w')).toContainEqual(expect.objectContaining({ code, place }));
});
