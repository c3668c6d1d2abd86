import { expect, it } from 'vitest';
import { portFor } from '../../../local/port/index.ts';
import { allow, deny, ground, ROLE, role, templateOf } from './template.ts';

const SCHEDULES = 'arn:aws:scheduler:us-east-1:000000000000:schedule/deadlines/*';
const HANDED_ON = 'arn:aws:iam::000000000000:role/deadlines';
const toScheduler = { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } };
const input = { Name: 'one', GroupName: 'deadlines', Target: { Arn: 'arn:q', RoleArn: HANDED_ON } };

const create = (...statements: object[]) => {
  const engine = () => async () => ({ ScheduleArn: 'made' });
  return portFor(templateOf(role(allow(['scheduler:CreateSchedule', 'scheduler:DeleteSchedule'], SCHEDULES), ...statements)), {
    ground,
    engine,
  });
};

it('who makes a schedule must be allowed to hand on the role that it runs as', async () => {
  await expect(create().call(ROLE, 'scheduler', 'CreateSchedule', input)).rejects.toThrow(`iam:PassRole on resource: ${HANDED_ON}`);
  await expect(create(allow('iam:PassRole', HANDED_ON, toScheduler)).call(ROLE, 'scheduler', 'CreateSchedule', input)).resolves.toEqual({
    ScheduleArn: 'made',
  });
});

it.each([
  ['another role', allow('iam:PassRole', 'arn:aws:iam::000000000000:role/admin', toScheduler)],
  ['another service', allow('iam:PassRole', HANDED_ON, { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } })],
])('a grant to hand on %s is not enough', async (_, statement) => {
  await expect(create(statement).call(ROLE, 'scheduler', 'CreateSchedule', input)).rejects.toThrow('iam:PassRole');
});

it('a denial stands above the grant, and a deletion hands nothing on', async () => {
  const port = create(allow('iam:PassRole', HANDED_ON), deny('iam:PassRole', HANDED_ON));
  await expect(port.call(ROLE, 'scheduler', 'CreateSchedule', input)).rejects.toThrow('explicit deny');
  await expect(port.call(ROLE, 'scheduler', 'DeleteSchedule', { Name: 'one', GroupName: 'deadlines' })).resolves.toBeDefined();
});
