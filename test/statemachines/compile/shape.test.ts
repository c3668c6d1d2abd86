// biome-ignore-all lint/suspicious/noThenProperty: `then` is the language's word, and nobody awaits a node
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { compile } from '../../../statemachines/compile/index.ts';
import { validate } from '../../../statemachines/interpret/validate/validate.ts';
import { gunfireResponse } from '../../../workflows/gunfire-response.ts';
import { workflows } from '../../../workflows/index.ts';
import { anApproval, aStep, aWorkflow } from './samples.ts';

const require = createRequire(import.meta.url);
const aslValidator = require('asl-validator') as (definition: unknown) => { isValid: boolean; errorsText(separator?: string): string };

const everything = aWorkflow([
  {
    kind: 'parallel',
    name: 'both',
    branches: {
      a: [aStep('one', { onFailure: 'fail' }), aStep('two', { onFailure: 'hold', retries: 2 })],
      b: [anApproval({ name: 'inside', then: [aStep('allowedInside')] })],
    },
  },
  anApproval({ onSilence: 'escalate', escalateTo: ['watch_commander', 'chief'] }),
  aStep('three', { onFailure: 'fail', retries: 1 }),
]);

interface Shape {
  readonly States: Readonly<Record<string, Record<string, never> & { Branches?: readonly Shape[] }>>;
}
const namesOf = ({ States }: Shape): string[] =>
  Object.entries(States).flatMap(([name, { Branches = [] }]) => [name, ...Branches.flatMap(namesOf)]);
const machine = compile(gunfireResponse);
const state = (name: string): unknown => machine.States[name];

it.each([...workflows, everything])('$name passes asl-validator and our own validator', (workflow) => {
  const compiled = JSON.parse(JSON.stringify(compile(workflow)));
  expect(aslValidator(compiled).errorsText('\n')).toBe('');
  expect(validate(compiled)).toEqual([]);
});

it('the same workflow compiles to the same text', () => {
  expect(JSON.stringify(compile(structuredClone(gunfireResponse)))).toBe(JSON.stringify(machine));
});

it('state names are the step names, each once in the whole machine', () => {
  const names = namesOf(machine as unknown as Shape);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual(
    expect.arrayContaining(['alertOfficers', 'sendDrone', 'sendPatrols', 'turnCameras', 'releasePrediction', 'closeRecord']),
  );
  expect(Math.max(...names.map((name) => name.length))).toBeLessThanOrEqual(80);
});

it('a step carries its definition and its evaluated parameters, and its clock is the task’s', () => {
  const { with: _values, ...definition } = gunfireResponse.steps.find(({ name }) => name === 'openInvestigation') as never as Record<
    string,
    unknown
  >;
  expect(state('openInvestigation')).toMatchObject({
    Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
    TimeoutSeconds: 30,
    Arguments: {
      FunctionName: '${StepFunction}',
      Payload: {
        contract: 1,
        op: 'perform',
        executionId: '{% $states.context.Execution.Name %}',
        token: '{% $states.context.Task.Token %}',
        attempt: '{% $states.context.State.RetryCount %}',
        step: definition,
        arguments: { kind: 'gunfire', incidentId: '{% $states.input.incidentId %}' },
      },
    },
    Output: '{% $states.input %}',
  });
});

it('no refusal, hold or timeout is tried again; other failures as often as the step says', () => {
  expect(state('openInvestigation')).toMatchObject({
    Retry: [
      { ErrorEquals: ['SWOE.Refused', 'SWOE.Held', 'SWOE.Paused', 'SWOE.Ended'], MaxAttempts: 0 },
      { ErrorEquals: expect.arrayContaining(['Lambda.TooManyRequestsException', 'Sandbox.Timedout']) },
      { ErrorEquals: ['States.TaskFailed'], MaxAttempts: 2 },
    ],
  });
});

it('a machine fits what AWS takes, and its ceiling lies a day past the workflow’s clock, for pauses', () => {
  expect(JSON.stringify(machine).length).toBeLessThan(1024 * 1024);
  expect(machine).toMatchObject({ QueryLanguage: 'JSONata', TimeoutSeconds: 1800 + 86_400 });
});
