import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Refusal } from '../../../local/kernel/refusal.ts';
import { readTemplate } from '../../../local/template/index.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'swoe-template-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const write = (path: string, value: unknown) => {
  mkdirSync(join(dir, path, '..'), { recursive: true });
  writeFileSync(join(dir, path), JSON.stringify(value));
};
/** Writes an assembly with one template per stack. */
const assembly = (stacks: Record<string, object>) => {
  const artifacts = Object.fromEntries(
    Object.keys(stacks).map((name) => [name, { type: 'aws:cloudformation:stack', properties: { templateFile: `${name}.template.json` } }]),
  );
  write('manifest.json', { artifacts });
  for (const [name, template] of Object.entries(stacks)) write(`${name}.template.json`, template);
};
const properties = (logicalId: string) => readTemplate(dir).resources.find((resource) => resource.logicalId === logicalId)?.properties;

const queue = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'swoe-dev-ingest' } };

describe('the template', () => {
  it('gives names and ARNs where CloudFormation has functions', () => {
    assembly({
      pipeline: {
        Resources: {
          Ingest: queue,
          Nameless: { Type: 'AWS::SQS::Queue' },
          Rule: {
            Type: 'AWS::Events::Rule',
            Properties: {
              byRef: { Ref: 'Ingest' },
              byAtt: { 'Fn::GetAtt': ['Ingest', 'Arn'] },
              byDotted: { 'Fn::GetAtt': 'Nameless.QueueName' },
              bySub: { 'Fn::Sub': 'arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:${Ingest.QueueName}/${!literal}' },
              bySubWith: { 'Fn::Sub': ['${who} waits', { who: { 'Fn::Join': ['-', ['a', { Ref: 'AWS::StackName' }]] } }] },
              selected: { 'Fn::Select': [2, { 'Fn::Split': [':', { 'Fn::GetAtt': ['Ingest', 'Arn'] }] }] },
              gone: { Ref: 'AWS::NoValue' },
              list: ['kept', { Ref: 'AWS::NoValue' }],
            },
          },
        },
      },
    });
    expect(properties('Rule')).toEqual({
      byRef: 'https://sqs.us-east-1.amazonaws.com/000000000000/swoe-dev-ingest',
      byAtt: 'arn:aws:sqs:us-east-1:000000000000:swoe-dev-ingest',
      byDotted: 'pipeline-Nameless',
      bySub: 'arn:aws:sqs:us-east-1:000000000000:swoe-dev-ingest/${literal}',
      bySubWith: 'a-pipeline waits',
      selected: 'sqs',
      list: ['kept'],
    });
  });

  it('follows an export into another stack', () => {
    assembly({
      stateful: {
        Resources: { Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'swoe' } } },
        Outputs: { BusName: { Value: { Ref: 'Bus' }, Export: { Name: { 'Fn::Sub': '${AWS::StackName}:Bus' } } } },
      },
      pipeline: {
        Resources: {
          Rule: { Type: 'AWS::Events::Rule', Properties: { EventBusName: { 'Fn::ImportValue': 'stateful:Bus' }, Name: 'intake' } },
        },
      },
    });
    expect(properties('Rule')).toMatchObject({ EventBusName: 'swoe' });
    expect(readTemplate(dir).resources.at(-1)?.attributes['Arn']).toBe('arn:aws:events:us-east-1:000000000000:rule/swoe/intake');
  });

  it('reads the stacks of a CDK stage and the assets beside them', () => {
    write('manifest.json', { artifacts: { dev: { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-dev' } } } });
    write('assembly-dev/manifest.json', {
      artifacts: {
        one: { type: 'aws:cloudformation:stack', properties: { templateFile: 'one.json', stackName: 'swoe-dev' } },
        'one.assets': { type: 'cdk:asset-manifest', properties: { file: 'one.assets.json' } },
      },
    });
    write('assembly-dev/one.json', { Resources: { Ingest: queue } });
    write('assembly-dev/one.assets.json', {
      files: { abc: { source: { path: '../asset.abc' }, destinations: { here: { objectKey: 'abc.zip' } } } },
    });
    const template = readTemplate(dir);
    expect(template.resources[0]).toMatchObject({ stack: 'swoe-dev', logicalId: 'Ingest' });
    expect(template.assets.get('abc.zip')).toBe(join(dir, 'asset.abc'));
  });

  it('leaves out what a condition excludes', () => {
    assembly({
      one: {
        Parameters: { Stage: { Default: 'dev' } },
        Conditions: { Prod: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] }, Dev: { 'Fn::Not': [{ Condition: 'Prod' }] } },
        Resources: {
          A: { ...queue, Condition: 'Prod' },
          B: { Type: 'AWS::SQS::Queue', Condition: 'Dev', Properties: { QueueName: { 'Fn::If': ['Prod', 'p', 'd'] } } },
        },
      },
    });
    expect(readTemplate(dir).resources.map(({ ref }) => ref)).toEqual(['https://sqs.us-east-1.amazonaws.com/000000000000/d']);
  });
});

describe('what the template cannot be', () => {
  const resources = (Resources: object) => assembly({ pipeline: { Resources } });

  it('a type that nothing here runs, named with logical id and stack', () => {
    resources({ Stream: { Type: 'AWS::Kinesis::Stream' } });
    expect(() => readTemplate(dir)).toThrow(Refusal);
    expect(() => readTemplate(dir)).toThrow('AWS::Kinesis::Stream (Stream in stack pipeline)');
  });

  it('a reference to nothing', () => {
    resources({ Q: { Type: 'AWS::SQS::Queue', Properties: { Tags: { Ref: 'Nobody' } } } });
    expect(() => readTemplate(dir)).toThrow('pipeline: nothing is called Nobody');
  });

  it('an attribute that no resource of the type has', () => {
    resources({ Q: queue, R: { Type: 'AWS::SQS::Queue', Properties: { Tags: { 'Fn::GetAtt': ['Q', 'Colour'] } } } });
    expect(() => readTemplate(dir)).toThrow('pipeline.Q: AWS::SQS::Queue has no attribute Colour here');
  });

  it('an unknown function', () => {
    resources({ Q: { Type: 'AWS::SQS::Queue', Properties: { Tags: { 'Fn::Transform': {} } } } });
    expect(() => readTemplate(dir)).toThrow('pipeline.Q: Fn::Transform is not understood here');
  });

  it('an import that no stack exports', () => {
    resources({ Q: { Type: 'AWS::SQS::Queue', Properties: { Tags: { 'Fn::ImportValue': 'nowhere' } } } });
    expect(() => readTemplate(dir)).toThrow('No stack exports nowhere');
  });

  it('a name that depends on itself', () => {
    resources({ Q: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::GetAtt': ['Q', 'QueueName'] } } } });
    expect(() => readTemplate(dir)).toThrow('pipeline.Q: its name depends on itself');
  });

  it('absent', () => {
    expect(() => readTemplate(dir)).toThrow('holds no synthesised app (manifest.json is missing): run npm run synth first.');
  });
});
