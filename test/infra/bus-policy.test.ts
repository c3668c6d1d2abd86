import { Stack } from 'aws-cdk-lib';
import { describe, expect, test } from 'vitest';
import { loadStage, type Producer, type StageConfig } from '../../infra/config.ts';
import { busPolicy, otherAccounts } from '../../infra/constructs/bus-policy.ts';
import { functionNames } from '../../infra/functions.ts';
import { judge } from '../../local/port/judge.ts';
import { compileDocument } from '../../local/port/statement.ts';
import { Source } from '../../shared/contracts/vocabulary.ts';

const HERE = '000000000000';
const BUS = `arn:aws:events:us-east-1:${HERE}:event-bus/swoe`;
const CAD = `arn:aws:iam::${HERE}:role/cad-bridge`;
const ABROAD = 'arn:aws:iam::111122223333:role/drone-bridge';
const room = (name: string): string => `arn:aws:iam::${HERE}:role/swoe-dev-${name}`;

/** The statements as AWS would hold them in account 000000000000, judged by the engine of the local run. */
const policyFor = (producers: Producer[], more: Partial<StageConfig> = {}) => {
  const stack = new Stack();
  const text = JSON.stringify(
    stack.resolve(busPolicy({ ...loadStage('dev'), producers, ...more }, BUS)).map(({ statement }: { statement: object }) => statement),
  );
  const filled = text.replaceAll(/\{"Fn::Join":\["",(\[.*?\])\]\}/g, (_, parts: string) =>
    JSON.stringify(
      (JSON.parse(parts) as (string | { Ref: string })[])
        .map((part) => (typeof part === 'string' ? part : part.Ref === 'AWS::Partition' ? 'aws' : HERE))
        .join(''),
    ),
  );
  const statements = compileDocument(
    { Statement: JSON.parse(filled.replaceAll('{"Ref":"AWS::AccountId"}', `"${HERE}"`)) },
    'the bus policy',
  );
  return (principal: string, source: string) => {
    const context = { 'events:source': source, 'aws:principalarn': principal, 'aws:principalaccount': principal.split(':')[4] };
    return judge(statements, { principal, action: 'events:PutEvents', resource: BUS, context }).word;
  };
};

describe('the policy of the bus', () => {
  const asked = policyFor([
    { principalArn: CAD, sources: ['cad_system'] },
    { principalArn: CAD, sources: ['dispatch'] },
    { principalArn: ABROAD, sources: ['drone_ops'] },
  ]);

  test('lets a producer put each source it is bound to, from another account too', () => {
    expect([asked(CAD, 'cad_system'), asked(CAD, 'dispatch'), asked(ABROAD, 'drone_ops')]).toEqual(['allow', 'allow', 'allow']);
  });

  test('denies a producer the sources of others', () => {
    expect([asked(CAD, 'drone_ops'), asked(ABROAD, 'cad_system'), asked(CAD, 'unheard_of')]).toEqual(['deny', 'deny', 'deny']);
  });

  test('denies everything to whom it does not know, administrators of the account included', () => {
    expect([asked(`arn:aws:iam::${HERE}:role/Admin`, 'cad_system'), asked('arn:aws:iam::999999999999:root', 'cad_system')]).toEqual([
      'deny',
      'deny',
    ]);
  });

  test('denies swoe to every producer', () => {
    expect([asked(CAD, 'swoe'), asked(ABROAD, 'swoe'), asked(`arn:aws:iam::${HERE}:role/swoe-dev-imposter`, 'swoe')]).toEqual([
      'deny',
      'deny',
      'deny',
    ]);
  });

  test('leaves swoe to the rooms’ own policies', () => {
    expect([asked(room('ingest'), 'swoe'), asked(room('api'), 'swoe'), asked(room('api'), 'cad_system')]).toEqual([
      'silent',
      'silent',
      'silent',
    ]);
  });

  test('denies a room that puts only swoe any other source', () => {
    expect([asked(room('ingest'), 'cad_system'), asked(room('step'), 'cad_system')]).toEqual(['deny', 'deny']);
  });

  test('denies swoe to a room that puts no events', () => {
    expect([asked(room('publish'), 'swoe'), asked(room('authorizer'), 'swoe')]).toEqual(['deny', 'deny']);
  });
});

test('of every source and every speaker, exactly those that are bound to each other pass', () => {
  const bound: Record<string, readonly Source[]> = { [CAD]: ['cad_system', 'dispatch'], [ABROAD]: ['drone_ops'] };
  const asked = policyFor(Object.entries(bound).map(([principalArn, sources]) => ({ principalArn, sources: [...sources] })));
  const others = [
    `arn:aws:iam::${HERE}:root`,
    `arn:aws:iam::${HERE}:role/Admin`,
    'arn:aws:iam::111122223333:role/other',
    ...functionNames.map(room),
  ];
  const passed = [...Object.keys(bound), ...others].flatMap((principal) =>
    [...Source.options, 'swoe', 'unheard_of']
      .filter((source) => asked(principal, source) === 'allow')
      .map((source) => `${principal} ${source}`),
  );
  expect(passed.sort()).toEqual(
    Object.entries(bound)
      .flatMap(([arn, own]) => own.map((source) => `${arn} ${source}`))
      .sort(),
  );
});

test('ingest is told which sources another account may speak for', () => {
  const producers: Producer[] = [
    { principalArn: CAD.replace(HERE, '${AWS::AccountId}'), sources: ['cad_system'] },
    { principalArn: ABROAD, sources: ['drone_ops'] },
    { principalArn: 'arn:aws:iam::111122223333:root', sources: ['robotics'] },
  ];
  expect(otherAccounts({ ...loadStage('dev'), producers })).toEqual({ '111122223333': ['drone_ops', 'robotics'] });
});

describe('in development', () => {
  const asked = policyFor(loadStage('dev').producers);

  test('anybody in the account puts any source, registered or not, but swoe', () => {
    const somebody = `arn:aws:iam::${HERE}:user/somebody`;
    expect([asked(somebody, 'cad_system'), asked(somebody, 'unheard_of'), asked(somebody, 'swoe')]).toEqual(['allow', 'allow', 'deny']);
  });

  test('nobody of another account puts anything', () => {
    expect(asked(ABROAD, 'drone_ops')).toBe('deny');
  });
});

describe('a whole account that is bound to sources', () => {
  const asked = policyFor([
    { principalArn: 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root', sources: ['cad_system'] },
    { principalArn: ABROAD, sources: ['drone_ops'] },
  ]);

  test('puts those alone, and leaves the rooms their own', () => {
    const somebody = `arn:aws:iam::${HERE}:user/somebody`;
    expect([asked(somebody, 'cad_system'), asked(somebody, 'dispatch'), asked(room('ingest'), 'swoe')]).toEqual([
      'allow',
      'deny',
      'silent',
    ]);
  });
});

describe('the poller of public feeds', () => {
  const polls = { nws: 'area=FL', usgs: true, contact: 'ops@city.example' };
  const account: Producer = { principalArn: 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root', sources: ['cad_system'] };

  test('puts its feeds’ sources by its own policy, and is denied swoe and every other', () => {
    for (const producers of [[], [account]]) {
      const asked = policyFor(producers, { polls });
      expect(['weather_service', 'sensor_grid', 'swoe', 'cad_system'].map((source) => asked(room('poll'), source))).toEqual([
        'silent',
        'silent',
        'deny',
        'deny',
      ]);
    }
  });

  test('is nobody where nothing is polled', () => {
    expect(policyFor([])(room('poll'), 'weather_service')).toBe('deny');
  });
});

describe('another agency’s account', () => {
  const sheriff = { id: 'sheriff', name: 'County Sheriff', contact: 'records@sheriff.example', account: '111122223333' };
  const asked = policyFor([{ principalArn: CAD, sources: ['cad_system'] }], { agencies: [...loadStage('dev').agencies, sheriff] });

  test('puts what it says as a neighbour, and nothing else', () => {
    const theirs = 'arn:aws:iam::111122223333:role/any';
    expect(['partner_agency', 'cad_system', 'dispatch', 'swoe'].map((source) => asked(theirs, source))).toEqual([
      'allow',
      'deny',
      'deny',
      'deny',
    ]);
  });

  test('takes nothing from whoever is bound more closely', () => {
    expect([asked(CAD, 'cad_system'), asked(room('ingest'), 'swoe'), asked(room('share'), 'partner_agency')]).toEqual([
      'allow',
      'silent',
      'deny',
    ]);
  });
});
