import { describe, expect, test } from 'vitest';
import { functionNames, functions } from '../../infra/functions.ts';
import { actions, name, statements, synthesised, target } from './support.ts';

const { ofType } = synthesised('dev');
/** Rooms that no stage has unless it says so are not among them. */
const standing = functionNames.filter((room) => !('onlyWith' in functions[room]));
const deployed = ofType('AWS::Lambda::Function');

describe('every function', () => {
  test('is deployed under its room’s name', () => {
    expect(deployed.map((fn) => name(fn, 'FunctionName')).sort()).toEqual(standing.map((room) => `swoe-dev-${room}`).sort());
  });

  test('runs Node 24 on arm64, traced, with a limit of its own', () => {
    for (const { Properties } of deployed)
      expect(Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        TracingConfig: { Mode: 'Active' },
        ReservedConcurrentExecutions: expect.any(Number),
      });
  });

  test('has a role that nobody else has, and one managed policy', () => {
    expect(new Set(deployed.map(({ Properties }) => target(Properties['Role']))).size).toBe(standing.length);
    expect(ofType('AWS::IAM::Policy')).toEqual([]);
  });

  test('leaves room for what the account runs beside SWOE', () => {
    const reserved = functionNames.reduce((sum, room) => sum + functions[room].concurrency, 0);
    expect(reserved).toBeLessThan(500);
  });
});

test('every log group forgets, and is encrypted', () => {
  const groups = ofType('AWS::Logs::LogGroup');
  expect(groups.length).toBeGreaterThan(standing.length);
  expect(groups.filter(({ Properties }) => Properties['RetentionInDays'] !== 14 || !Properties['KmsKeyId'])).toEqual([]);
});

test('every function, machine and stage writes to a log group of the template', () => {
  const groups = new Set(ofType('AWS::Logs::LogGroup').map(({ id }) => id));
  const used = deployed.map(({ Properties }) => target((Properties['LoggingConfig'] as { LogGroup: unknown }).LogGroup));
  expect(used.filter((id) => !groups.has(id))).toEqual([]);
});

describe('no policy', () => {
  const policies = ofType('AWS::IAM::ManagedPolicy');
  const all = policies.flatMap((policy) =>
    statements(policy.Properties['PolicyDocument']).map((statement) => ({ policy: policy.id, ...statement })),
  );

  test('allows an action by wildcard', () => {
    expect(all.filter((statement) => actions(statement).some((action) => action.includes('*')))).toEqual([]);
  });

  test('names every resource, but where AWS has none to name', () => {
    const anywhere = all.filter(({ Resource }) => Resource === '*').flatMap(actions);
    expect(
      anywhere.filter((action) => !/^(xray:|logs:.*(LogDeliver|ResourcePolic|DescribeLogGroups)|dynamodb:ListStreams$)/.test(action)),
    ).toEqual([]);
  });

  test('lets anything change or delete a journal entry', () => {
    const onJournal = all.filter(({ Sid }) => Sid === 'JournalTable').flatMap(actions);
    expect(new Set(onJournal)).toEqual(new Set(['dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:BatchGetItem']));
  });

  test('lets a room scan a table', () => {
    expect(all.flatMap(actions).filter((action) => action === 'dynamodb:Scan')).toEqual([]);
  });
});
