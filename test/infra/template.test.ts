import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compiledWorkflows } from '../../infra/stacks/workflows.ts';
import { NOTHING_HERE, RUN } from '../../local/template/catalogue.ts';
import { name, synthesised, temporary } from './support.ts';

const { templates, resources, ofType } = synthesised('dev');
const FUNCTIONS = new Set(['Ref', 'Fn::GetAtt', 'Fn::Sub', 'Fn::Join', 'Fn::ImportValue', 'Fn::Select', 'Fn::Split']);

const intrinsics = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(intrinsics);
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value);
  const [only] = entries.length === 1 ? entries : [];
  return [...(only && /^(Ref|Fn::\w+)$/.test(only[0]) ? [only[0]] : []), ...entries.flatMap(([, inner]) => intrinsics(inner))];
};

describe('the templates', () => {
  test('say nothing that a small resolver cannot resolve', () => {
    for (const template of templates.values()) {
      expect(Object.keys(template).filter((section) => !['Description', 'Resources', 'Outputs'].includes(section))).toEqual([]);
      expect(intrinsics(template).filter((used) => !FUNCTIONS.has(used))).toEqual([]);
    }
  });

  test('hold no resource that the local run neither runs nor knows to mean nothing', () => {
    expect(resources.map(({ Type }) => Type).filter((type) => !(type in RUN) && !(type in NOTHING_HERE))).toEqual([]);
  });

  test('have no custom resource: a deploy runs no code of ours', () => {
    expect(resources.filter(({ Type }) => Type.startsWith('Custom::') || Type === 'AWS::CloudFormation::CustomResource')).toEqual([]);
  });

  test('say where each function’s code lies', () => {
    for (const { Metadata } of ofType('AWS::Lambda::Function'))
      expect(Metadata).toMatchObject({ 'aws:asset:path': expect.stringMatching(/^asset\./) });
  });

  test('tell operators where to put events, to ask, to listen and to sign in', () => {
    const outputs = [...templates.values()]
      .flatMap(({ Outputs }) => Object.keys((Outputs ?? {}) as object))
      .filter((output) => !output.startsWith('ExportsOutput'));
    expect(outputs.sort()).toEqual([
      'BusName',
      'ClientId',
      'RestUrl',
      'Socketalerts',
      'Socketevents',
      'Socketworkflowstatus',
      'UserPoolId',
    ]);
  });
});

describe('state machines', () => {
  const machines = ofType('AWS::StepFunctions::StateMachine');
  const folder = join(import.meta.dirname, '../../statemachines/compiled');

  test('are the compiled workflows, word for word', () => {
    const deployed = machines.map((machine) => ({
      workflow: name(machine, 'StateMachineName').replace('swoe-dev-', ''),
      definition: machine.Properties['DefinitionString'],
    }));
    expect(deployed).toEqual(compiledWorkflows(folder));
  });

  test('fill in every name that their definitions leave open', () => {
    for (const { Properties } of machines) {
      const open = new Set([...String(Properties['DefinitionString']).matchAll(/\$\{(\w+)\}/g)].map(([, word]) => word));
      const filled = Object.keys(Properties['DefinitionSubstitutions'] as object);
      expect([...open].filter((word) => !filled.includes(String(word)))).toEqual([]);
    }
  });

  test('are traced and log every transition without the data', () => {
    for (const { Properties } of machines)
      expect(Properties).toMatchObject({
        LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
        TracingConfiguration: { Enabled: true },
      });
  });

  test('are never missing without a word', () => {
    expect(() => compiledWorkflows(temporary())).toThrow('run "npm run compile" first');
  });
});
