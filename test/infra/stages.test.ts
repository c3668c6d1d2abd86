import { describe, expect, test } from 'vitest';
import { tableNames } from '../../infra/function-spec.ts';
import { synthesised } from './support.ts';

const LASTING = [
  'AWS::DynamoDB::Table',
  'AWS::KMS::Key',
  'AWS::Events::EventBus',
  'AWS::Events::Archive',
  'AWS::S3::Bucket',
  'AWS::Cognito::UserPool',
  'AWS::Logs::LogGroup',
  'AWS::SQS::Queue',
];
const [dev, prod] = [synthesised('dev'), synthesised('prod')];

const recovers = ({ Properties }: { Properties: Record<string, unknown> }): unknown =>
  (Properties['PointInTimeRecoverySpecification'] as { PointInTimeRecoveryEnabled: boolean }).PointInTimeRecoveryEnabled;

describe('production', () => {
  test('recovers every table to a point in time and refuses to delete it', () => {
    expect(prod.ofType('AWS::DynamoDB::Table').map((table) => [recovers(table), table.Properties['DeletionProtectionEnabled']])).toEqual(
      Array(tableNames.length).fill([true, true]),
    );
  });

  test.each(LASTING)('keeps each %s when its stack goes', (type) => {
    expect(new Set(prod.ofType(type).map(({ DeletionPolicy }) => DeletionPolicy))).toEqual(new Set(['Retain']));
  });

  test('protects its stacks and its people from deletion', () => {
    expect(prod.stacks.map(({ terminationProtection }) => terminationProtection)).toEqual([true, true, true, true]);
    expect(prod.ofType('AWS::Cognito::UserPool')[0]?.Properties).toMatchObject({ DeletionProtection: 'ACTIVE', UserPoolTier: 'PLUS' });
  });

  test('lets nobody put an event before a producer is bound', () => {
    const effects = prod
      .ofType('AWS::Events::EventBusPolicy')
      .map(({ Properties }) => (Properties['Statement'] as { Effect: string }).Effect);
    expect(new Set(effects)).toEqual(new Set(['Deny']));
  });
});

describe('development', () => {
  test('pays for no recovery and can be removed whole', () => {
    expect(dev.ofType('AWS::DynamoDB::Table').map((table) => [recovers(table), table.Properties['DeletionProtectionEnabled']])).toEqual(
      Array(tableNames.length).fill([false, false]),
    );
    expect(
      dev.resources.filter(({ Type, DeletionPolicy }) => Type !== 'AWS::StepFunctions::StateMachineVersion' && DeletionPolicy === 'Retain'),
    ).toEqual([]);
    expect(dev.stacks.some(({ terminationProtection }) => terminationProtection)).toBe(false);
  });
});

describe('both', () => {
  test('never share a physical name', () => {
    const names = ({ resources }: typeof dev): string[] =>
      resources.flatMap(({ Type, Properties }) =>
        ['TableName', 'QueueName', 'FunctionName', 'RoleName', 'StateMachineName', 'ManagedPolicyName']
          .filter((property) => property in Properties && !(property === 'FunctionName' && Type !== 'AWS::Lambda::Function'))
          .map((property) => String(Properties[property])),
      );
    const shared = new Set(names(dev));
    expect(names(prod).filter((name) => shared.has(name))).toEqual([]);
  });

  test('call the bus what producers know it by', () => {
    expect([dev, prod].map(({ ofType }) => ofType('AWS::Events::EventBus')[0]?.Properties['Name'])).toEqual(['swoe', 'swoe-prod']);
  });

  test('tag what costs money with the project, the stage and who pays', () => {
    const tags = prod.ofType('AWS::DynamoDB::Table')[0]?.Properties['Tags'];
    expect(tags).toEqual(
      expect.arrayContaining([
        { Key: 'project', Value: 'swoe' },
        { Key: 'stage', Value: 'prod' },
        { Key: 'cost', Value: 'swoe-prod' },
      ]),
    );
  });

  test('raise alarms only where the stage names an address', () => {
    expect(dev.ofType('AWS::CloudWatch::Alarm')).toEqual([]);
    const watched = synthesised('prod', { alarms: { email: 'on-call@example.org' } });
    const dead = watched.ofType('AWS::SQS::Queue').filter(({ Properties }) => String(Properties['QueueName']).endsWith('dlq'));
    const alarms = watched.ofType('AWS::CloudWatch::Alarm');
    const waiting = alarms.filter(({ Properties }) => Properties['MetricName'] === 'ApproximateAgeOfOldestMessage');
    expect(waiting.map(({ Properties }) => /the function (\w+)/.exec(String(Properties['AlarmDescription']))?.[1]).sort()).toEqual([
      'ingest',
      'trigger',
    ]);
    expect(alarms).toHaveLength(dead.length + waiting.length);
  });
});
