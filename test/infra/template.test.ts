import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compiledWorkflows } from '../../infra/stacks/workflows.ts';
import { NOTHING_HERE, RUN } from '../../local/template/catalogue.ts';
import { name, synthesised, target, temporary } from './support.ts';

const { app, templates, resources, ofType } = synthesised('dev');
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

  test('are each of a size that CloudFormation takes: 1 MB', () => {
    for (const [stack, template] of templates) expect(JSON.stringify(template, null, 1).length, stack).toBeLessThan(1_000_000);
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

  const definitionOf = ({ Properties }: (typeof machines)[number]): string => {
    const { Key } = Properties['DefinitionS3Location'] as { Key: string };
    return readFileSync(join(app.outdir, `asset.${Key}`), 'utf8');
  };

  test('are the compiled workflows, word for word', () => {
    const deployed = machines.map((machine) => ({
      workflow: name(machine, 'StateMachineName').replace('swoe-dev-', ''),
      definition: definitionOf(machine),
    }));
    expect(deployed).toEqual(compiledWorkflows(folder).map(({ workflow, path }) => ({ workflow, definition: readFileSync(path, 'utf8') })));
  });

  test('fill in every name that their definitions leave open', () => {
    for (const machine of machines) {
      const open = new Set([...definitionOf(machine).matchAll(/\$\{(\w+)\}/g)].map(([, word]) => word));
      const filled = Object.keys(machine.Properties['DefinitionSubstitutions'] as object);
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

  test('stand each behind the alias live, which leads wholly to the version of their own definition', () => {
    const versions = ofType('AWS::StepFunctions::StateMachineVersion');
    const aliases = ofType('AWS::StepFunctions::StateMachineAlias');
    expect(versions.map(({ Properties }) => target(Properties['StateMachineArn']))).toEqual(machines.map(({ id }) => id));
    expect(aliases.map(({ Properties }) => Properties['Name'])).toEqual(machines.map(() => 'live'));
    for (const [index, { Properties }] of aliases.entries()) {
      const [route, ...others] = Properties['RoutingConfiguration'] as { StateMachineVersionArn: unknown; Weight: number }[];
      expect([target(route?.StateMachineVersionArn), route?.Weight, others]).toEqual([versions[index]?.id, 100, []]);
    }
  });

  test('keep every version that was ever deployed: another definition is another resource, and none is deleted', () => {
    const folder = temporary();
    const definition = (version: number, text: string) => ({ Comment: `Test, version ${version}.`, StartAt: text });
    const idOf = (compiled: object): string => {
      writeFileSync(join(folder, 'test.asl.json'), JSON.stringify(compiled));
      const [version] = synthesised('dev', {}, { machines: folder }).ofType('AWS::StepFunctions::StateMachineVersion');
      expect(version?.DeletionPolicy).toBe('Retain');
      return String(version?.id);
    };
    const ids = [definition(1, 'a'), definition(1, 'b'), definition(2, 'b')].map(idOf);
    expect(new Set(ids).size).toBe(3);
    expect(idOf(definition(1, 'a'))).toBe(ids[0]);
    expect(ids.map((id) => /V\d/.exec(id)?.[0])).toEqual(['V1', 'V1', 'V2']);
  });

  test('are never missing without a word', () => {
    expect(() => compiledWorkflows(temporary())).toThrow('run "npm run compile" first');
  });
});
