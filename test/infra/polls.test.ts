import { describe, expect, test } from 'vitest';
import { loadStage, parseStage, type StageConfig } from '../../infra/config.ts';
import { actions, name, type Resource, statements, synthesised } from './support.ts';

const POLLS: StageConfig['polls'] = { nws: 'point=26.7753,-80.0581', usgs: true, contact: 'ops@city.example' };

const named = (resources: readonly Resource[], property: string, value: string): Resource => {
  const found = resources.find((one) => name(one, property) === value);
  if (!found) throw new Error(`Nothing is called ${value}`);
  return found;
};
const variables = ({ Properties }: Resource) => (Properties['Environment'] as { Variables: object }).Variables;

describe('a stage that polls nothing', () => {
  const { ofType } = synthesised('dev');

  test('is every stage as it comes', () => {
    for (const stage of ['dev', 'prod']) expect(loadStage(stage).polls).toEqual({ nws: false, usgs: false });
  });

  test('has no poller, no schedule of it, no role and no word of it on the bus', () => {
    expect(ofType('AWS::Lambda::Function').map((fn) => name(fn, 'FunctionName'))).not.toContain('swoe-dev-poll');
    expect(ofType('AWS::Scheduler::Schedule').map((one) => name(one, 'Name'))).not.toContain('swoe-dev-poll');
    expect(ofType('AWS::IAM::Role').map((role) => name(role, 'RoleName'))).not.toContain('swoe-dev-poll');
    expect(JSON.stringify(ofType('AWS::Events::EventBusPolicy'))).not.toContain('swoe-dev-poll');
  });
});

describe('a stage that polls', () => {
  const { ofType } = synthesised('dev', { polls: POLLS });
  const poller = named(ofType('AWS::Lambda::Function'), 'FunctionName', 'swoe-dev-poll');
  const policy = named(ofType('AWS::IAM::ManagedPolicy'), 'ManagedPolicyName', 'swoe-dev-poll');
  const allowed = statements(policy.Properties['PolicyDocument']);

  test('asks the feeds that are on, and says who asks', () => {
    expect(variables(poller)).toMatchObject({
      NWS_URL: 'https://api.weather.gov/alerts/active?point=26.7753,-80.0581',
      USGS_URL: 'https://earthquake.usgs.gov/earthquakes/feed/v1.0/summary/all_hour.geojson',
      USER_AGENT: '(swoe-dev-poll, ops@city.example)',
    });
  });

  test('does so every minute, and a minute that fails goes to a queue', () => {
    const schedule = named(ofType('AWS::Scheduler::Schedule'), 'Name', 'swoe-dev-poll');
    expect(schedule.Properties).toMatchObject({ ScheduleExpression: 'rate(1 minute)', State: 'ENABLED' });
    const { Arn, DeadLetterConfig } = schedule.Properties['Target'] as { Arn: object; DeadLetterConfig: object };
    expect(JSON.stringify(Arn)).toContain(poller.id);
    expect(JSON.stringify(DeadLetterConfig)).toContain(named(ofType('AWS::SQS::Queue'), 'QueueName', 'swoe-dev-poll-dlq').id);
  });

  test('may put the two sources of its feeds and no other, and reaches no table', () => {
    const put = allowed.filter((one) => actions(one).includes('events:PutEvents'));
    expect(put.map(({ Condition }) => Condition)).toEqual([{ StringEquals: { 'events:source': ['weather_service', 'sensor_grid'] } }]);
    expect(allowed.flatMap(actions).filter((action) => action.startsWith('dynamodb:'))).toEqual([]);
  });

  test('has only the feed that is on', () => {
    const one = synthesised('dev', { polls: { nws: false, usgs: true, contact: 'ops@city.example' } });
    expect(variables(named(one.ofType('AWS::Lambda::Function'), 'FunctionName', 'swoe-dev-poll'))).not.toHaveProperty('NWS_URL');
  });
});

describe('the setting', () => {
  const changed = (polls: object) => () => parseStage({ ...loadStage('prod'), polls }, 'infra/stages/prod.json');

  test.each(['point=26.7753,-80.0581', 'zone=FLC099', 'zone=FLC099,FLZ168', 'area=FL'])('takes %s', (nws) => {
    expect(changed({ nws, usgs: false, contact: 'ops@city.example' })).not.toThrow();
  });

  test.each(['area=FL&zone=x', 'point=here', '', true])('does not take %s', (nws) => {
    expect(changed({ nws, usgs: false, contact: 'ops@city.example' })).toThrow('polls.nws: false, or whose alerts are asked for');
  });

  test('wants somebody to be reached', () => {
    expect(changed({ nws: false, usgs: true })).toThrow('polls.contact: say whom to reach');
  });
});
