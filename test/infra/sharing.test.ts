import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Agencies } from '../../infra/agencies.ts';
import { loadStage, parseStage, type StageConfig } from '../../infra/config.ts';
import { agreement } from '../support/agreement.ts';
import { actions, name, type Resource, statements, synthesised, target } from './support.ts';

const OURS = { id: 'riviera-beach-pd', name: 'Riviera Beach Police Department', ours: true } as const;
const BUS = 'arn:aws:events:us-east-1:111122223333:event-bus/swoe-prod';
const SHERIFF = {
  id: 'sheriff',
  name: 'County Sheriff',
  contact: 'records@sheriff.example',
  account: '111122223333',
  bus: BUS,
  agreement: agreement({ types: ['gunshot.detected', 'call.*'] }),
} as const;
const COAST = {
  id: 'coast-guard',
  name: 'Coast Guard',
  contact: 'watch@coast.example',
  bus: 'stand-in',
  agreement: agreement({}, { id: 'MOU-2026-020' }),
} as const;
const agencies: Agencies = [OURS, SHERIFF, COAST];

const named = (resources: readonly Resource[], property: string, value: string): Resource => {
  const found = resources.find((one) => name(one, property) === value);
  if (!found) throw new Error(`Nothing is called ${value}`);
  return found;
};
const targetsOf = ({ Properties }: Resource) => Properties['Targets'] as Record<string, unknown>[];
const patternOf = ({ Properties }: Resource) => Properties['EventPattern'] as Record<string, unknown>;

describe('a stage that shares nothing', () => {
  const { ofType } = synthesised('dev');

  test('is every stage as it comes', () => {
    for (const stage of ['dev', 'prod']) {
      const { agencies: own } = loadStage(stage);
      expect(own).toContainEqual(OURS);
      expect(own.filter(({ ours }) => !ours)).toEqual([]);
    }
  });

  test('has one bus, no room that shares and no rule that leads out', () => {
    expect(ofType('AWS::Events::EventBus').map((bus) => name(bus, 'Name'))).toEqual(['swoe']);
    expect(ofType('AWS::Lambda::Function').map((fn) => name(fn, 'FunctionName'))).not.toContain('swoe-dev-share');
    expect(JSON.stringify(ofType('AWS::Events::Rule'))).not.toContain('event-bus/');
  });
});

describe('a stage with agreements', () => {
  const { ofType } = synthesised('dev', { agencies });
  const rules = ofType('AWS::Events::Rule');
  const rule = (of: string): Resource => named(rules, 'Name', `swoe-dev-${of}`);

  test('hands the room that shares what any agreement may be about, and every correction', () => {
    expect(patternOf(rule('share'))).toEqual({
      source: ['swoe'],
      'detail-type': ['event.normalized'],
      detail: {
        category: ['SENSOR', 'INCIDENT'],
        priority: ['CRITICAL', 'HIGH'],
        source: [{ 'anything-but': ['partner_agency'] }],
        type: [{ 'anything-but': { prefix: ['unit.', 'subsystem.', 'fact.'] } }],
      },
    });
    expect(patternOf(rule('share-corrections'))).toEqual({ source: ['swoe'], 'detail-type': ['event.corrected'] });
  });

  test('leads to a partner’s bus exactly what its agreement names, addressed to it', () => {
    expect(patternOf(rule('told-sheriff'))).toEqual({
      source: ['partner_agency'],
      'detail-type': ['gunshot.detected', { prefix: 'call.' }],
      detail: {
        data: {
          category: ['SENSOR', 'INCIDENT'],
          priority: ['CRITICAL', 'HIGH'],
          sharing: { recipient: ['sheriff'], agreement: ['MOU-2026-014'], word: ['told', 'corrected'] },
        },
      },
    });
    expect(patternOf(rule('withdrawn-sheriff'))).toEqual({
      source: ['partner_agency'],
      'detail-type': ['event.retracted'],
      detail: { data: { category: [{ exists: false }], sharing: { recipient: ['sheriff'], word: ['withdrawn'] } } },
    });
    for (const of of ['told-sheriff', 'withdrawn-sheriff']) {
      expect(target(rule(of).Properties['EventBusName'])).toBe(named(ofType('AWS::Events::EventBus'), 'Name', 'swoe-dev-sharing').id);
      expect(targetsOf(rule(of))).toMatchObject([{ Arn: BUS, RetryPolicy: { MaximumEventAgeInSeconds: 3600 } }]);
    }
  });

  test('gives those rules a role that may put on that bus and do nothing else', () => {
    const role = named(ofType('AWS::IAM::Role'), 'RoleName', 'swoe-dev-to-sheriff');
    const policy = named(ofType('AWS::IAM::ManagedPolicy'), 'ManagedPolicyName', 'swoe-dev-to-sheriff');
    expect(target(targetsOf(rule('told-sheriff'))[0]?.['RoleArn'])).toBe(role.id);
    expect(statements(policy.Properties['PolicyDocument'])).toEqual([
      { Sid: 'TheirBus', Effect: 'Allow', Action: 'events:PutEvents', Resource: BUS },
    ]);
  });

  test('sets aside what a partner’s bus does not take', () => {
    const dlq = named(ofType('AWS::SQS::Queue'), 'QueueName', 'swoe-dev-sharing-dlq');
    for (const of of ['told-sheriff', 'withdrawn-sheriff', 'told-coast-guard', 'withdrawn-coast-guard'])
      expect(targetsOf(rule(of)).map(({ DeadLetterConfig }) => target((DeadLetterConfig as { Arn: unknown }).Arn))).toEqual([dlq.id]);
  });

  test('lets nobody but the room that records it put on the bus that leads out', () => {
    const [policy, ...others] = ofType('AWS::Events::EventBusPolicy')
      .filter(({ Properties }) => target(Properties['EventBusName']) !== named(ofType('AWS::Events::EventBus'), 'Name', 'swoe').id)
      .filter(({ stack }) => stack === 'swoe-dev-pipeline');
    expect(others).toEqual([]);
    expect(policy?.Properties['Statement']).toMatchObject({ Effect: 'Deny', Principal: '*', Action: 'events:PutEvents' });
    expect(JSON.stringify(policy?.Properties['Statement'])).toMatch(/"ArnNotEquals":\{"aws:PrincipalArn":\[\{[^\]]*swoe-dev-share"/);
  });

  test('gives that room the bus that leads out and not SWOE’s own', () => {
    const policy = named(ofType('AWS::IAM::ManagedPolicy'), 'ManagedPolicyName', 'swoe-dev-share');
    const put = statements(policy.Properties['PolicyDocument']).filter((one) => actions(one).includes('events:PutEvents'));
    expect(put).toMatchObject([{ Condition: { StringEquals: { 'events:source': 'partner_agency' } } }]);
    expect(target(put[0]?.Resource)).toBe(named(ofType('AWS::Events::EventBus'), 'Name', 'swoe-dev-sharing').id);
    const fn = named(ofType('AWS::Lambda::Function'), 'FunctionName', 'swoe-dev-share');
    const { Variables } = fn.Properties['Environment'] as { Variables: Record<string, string> };
    expect(Variables).toMatchObject({ HOME_AGENCY: 'riviera-beach-pd' });
    expect(JSON.parse(Variables['PARTNERS'] ?? '')).toEqual(
      [SHERIFF, COAST].map(({ id, agreement: agreed }) => ({ id, agreement: agreed })),
    );
  });

  test('makes a bus that stands in for one, with a queue of what arrives', () => {
    const [to] = targetsOf(rule('told-coast-guard'));
    expect(target(to?.['Arn'])).toBe(named(ofType('AWS::Events::EventBus'), 'Name', 'swoe-dev-agency-coast-guard').id);
    expect(ofType('AWS::SQS::Queue').map((queue) => name(queue, 'QueueName'))).toContain('swoe-dev-agency-coast-guard');
  });

  test('tells ingest which agency speaks from which account, and makes a group for the people of those it shares with', () => {
    const fn = named(ofType('AWS::Lambda::Function'), 'FunctionName', 'swoe-dev-ingest');
    expect((fn.Properties['Environment'] as { Variables: object }).Variables).toMatchObject({
      AGENCY_ACCOUNTS: '{"111122223333":"sheriff"}',
    });
    const groups = ofType('AWS::Cognito::UserPoolGroup').map((group) => name(group, 'GroupName'));
    expect(groups.filter((group) => group.startsWith('agency:'))).toEqual([
      'agency:riviera-beach-pd',
      'agency:sheriff',
      'agency:coast-guard',
    ]);
  });
});

describe('the setting', () => {
  const parsed =
    (list: readonly object[], stage = 'dev') =>
    () =>
      parseStage({ ...loadStage(stage), agencies: list }, 'the file');
  const sheriff = (changes: object): object => ({ ...SHERIFF, ...changes });
  const agreed = (more: object): object => sheriff({ agreement: { ...SHERIFF.agreement, ...more } });

  test('is sound as it stands above', () => {
    expect(parsed(agencies)).not.toThrow();
  });

  test.each<[string, object[], string]>([
    ['nobody is ours', [SHERIFF], 'agencies: one at least is ours'],
    [
      'two have one name',
      [OURS, SHERIFF, sheriff({ account: '999999999999', bus: undefined, agreement: undefined })],
      'agencies.2.id: sheriff is the name of two',
    ],
    ['a bus without an agreement', [OURS, sheriff({ agreement: undefined })], 'agencies.1.bus: nothing leaves without an agreement'],
    ['an agreement without a bus', [OURS, sheriff({ bus: undefined })], 'agencies.1.agreement: say by which bus they hear'],
    [
      'a bus in another account than theirs',
      [OURS, sheriff({ account: '999999999999' })],
      'agencies.1.bus: stands in account 111122223333, and theirs is 999999999999',
    ],
    ['nobody to reach', [OURS, sheriff({ contact: undefined })], 'agencies.1.contact: whom to reach there'],
    [
      'an agreement that ends before it begins',
      [OURS, agreed({ until: '2025-01-01T00:00:00Z' })],
      'agencies.1.agreement.until: an agreement ends after it begins',
    ],
    ['an agreement without an end', [OURS, agreed({ until: undefined })], 'agencies.1.agreement.until: a time in UTC such as'],
    ['no purpose', [OURS, agreed({ purpose: '' })], 'agencies.1.agreement.purpose'],
    [
      'an unknown category',
      [OURS, agreed({ what: { ...SHERIFF.agreement.what, categories: ['GOSSIP'] } })],
      'agencies.1.agreement.what.categories.0',
    ],
    ['a misspelt part', [OURS, agreed({ what: { ...SHERIFF.agreement.what, feilds: [] } })], 'feilds'],
    [
      'what a neighbour told, passed on',
      [OURS, agreed({ what: { ...SHERIFF.agreement.what, sources: ['partner_agency'] } })],
      'agencies.1.agreement.what.sources.0',
    ],
    [
      'two under one agreement',
      [OURS, SHERIFF, { ...COAST, agreement: SHERIFF.agreement }],
      'agencies.2.agreement.id: MOU-2026-014 is the agreement of two',
    ],
    [
      'more than settings hold',
      [OURS, agreed({ what: { ...SHERIFF.agreement.what, data: Array.from({ length: 60 }, (_, n) => `m${'x'.repeat(55)}${n}`) } })],
      'more than 3000 bytes',
    ],
  ])('says what is wrong where %s', (_, list, complaint) => {
    expect(parsed(list)).toThrow(complaint);
  });

  test('is sound as docs/sharing.md shows it', () => {
    const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'sharing.md'), 'utf8');
    const [, list = ''] = /^ {4}"agencies": (\[[\s\S]*?^ {4}\])/m.exec(page) ?? [];
    expect(parsed(JSON.parse(list) as object[], 'prod')).not.toThrow();
  });

  test('lets nothing stand in for a partner’s bus in production', () => {
    expect(parsed([OURS, COAST], 'prod')).toThrow('agencies.1.bus: name their bus: only a development stage');
  });
});

test('the settings’ type is what rooms and rules are made from', () => {
  const config: StageConfig = { ...loadStage('dev'), agencies };
  expect(parseStage(config).agencies).toEqual(agencies);
});
