import { expect, test } from 'vitest';
import { schedule } from '../../workflows/language/event.ts';
import { response } from '../functions/trigger/ground.ts';
import { actions, name, statements, synthesised, target } from './support.ts';

const purge = response('purge', [schedule('cron(0 3 1 * ? *)', 'monthly'), schedule('rate(7 days)', 'weekly')]);
const { ofType } = synthesised('dev', {}, { workflows: [purge] });
const due = ofType('AWS::Scheduler::Schedule').filter((one) => name(one, 'Name').startsWith('swoe-dev-purge'));

test('each SCHEDULE trigger has a schedule in its own words and time zone, onto the queue of trigger', () => {
  expect(
    due.map(({ Properties }) => [Properties['Name'], Properties['ScheduleExpression'], Properties['ScheduleExpressionTimezone']]),
  ).toEqual([
    ['swoe-dev-purge-0', 'cron(0 3 1 * ? *)', 'America/New_York'],
    ['swoe-dev-purge-1', 'rate(7 days)', 'America/New_York'],
  ]);
  const queues = ofType('AWS::SQS::Queue');
  for (const { stack, Properties } of due) {
    const { Arn, Input, DeadLetterConfig } = Properties['Target'] as { Arn: unknown; Input: string; DeadLetterConfig: { Arn: unknown } };
    const named = (reference: unknown) =>
      queues.find((queue) => queue.stack === stack && queue.id === target(reference))?.Properties['QueueName'];
    expect([named(Arn), named(DeadLetterConfig.Arn)]).toEqual(['swoe-dev-trigger', 'swoe-dev-trigger-dlq']);
    expect(JSON.parse(Input)).toMatchObject({
      'detail-type': 'workflow.scheduled',
      source: 'swoe',
      detail: { workflow: 'purge', at: '<aws.scheduler.scheduled-time>' },
    });
  }
});

test('a stage whose workflows know no clock has no schedules for them', () => {
  const none = synthesised('dev', {}, { workflows: [response('quiet', [])] });
  expect(none.ofType('AWS::Scheduler::Schedule').map((one) => name(one, 'Name'))).toEqual(['swoe-dev-sweep', 'swoe-dev-checkpoint']);
});

const policies = ofType('AWS::IAM::ManagedPolicy').map(({ Properties }) => ({
  name: String(Properties['ManagedPolicyName']),
  of: statements(Properties['PolicyDocument']),
}));

test('a room that sets deadlines may hand on the role of deadlines, to Scheduler alone', () => {
  const passing = policies.flatMap(({ name: room, of }) =>
    of.filter((one) => actions(one).includes('iam:PassRole')).map((one) => ({ room, one })),
  );
  expect(passing.map(({ room }) => room).sort()).toEqual(['swoe-dev-finish', 'swoe-dev-settle', 'swoe-dev-trigger']);
  for (const { one } of passing) {
    expect(one.Condition).toEqual({ StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } });
    expect(JSON.stringify(one.Resource)).toContain(':role/swoe-dev-deadlines');
  }
});

test('schedules of deadlines are reached in their own group only, and that group is there', () => {
  expect(ofType('AWS::Scheduler::ScheduleGroup').map((one) => name(one, 'Name'))).toEqual(['swoe-dev-deadlines']);
  const reached = policies.flatMap(({ of }) => of.filter((one) => actions(one).some((action) => action.startsWith('scheduler:'))));
  for (const { Resource } of reached) expect(JSON.stringify(Resource)).toContain(':schedule/swoe-dev-deadlines/deadline-*');
});
