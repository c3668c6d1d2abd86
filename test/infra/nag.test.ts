import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks, NIST80053R5Checks } from 'cdk-nag';
import { describe, expect, test } from 'vitest';
import type { StageConfig } from '../../infra/config.ts';
import { neighbours } from '../support/agreement.ts';
import { synthesised } from './support.ts';

const cases: [string, Partial<StageConfig>][] = [
  ['dev', {}],
  ['prod', {}],
  ['prod', { alarms: { email: 'on-call@example.org' } }],
  ['dev', { reserveConcurrency: false }],
  ['dev', { polls: { nws: 'area=FL', usgs: true, contact: 'ops@city.example' }, agencies: neighbours }],
];

describe.each(cases)('cdk-nag on %s with %o', (stage, changes) => {
  const { app } = synthesised(stage, changes);

  test.each([new AwsSolutionsChecks(app), new NIST80053R5Checks(app)])('$name finds nothing that is not acknowledged', (pack) => {
    const { violations } = pack.validateScope(app);
    expect(
      violations.map(({ ruleName, violatingResources }) => [ruleName, violatingResources.map(({ constructPath }) => constructPath)]),
    ).toEqual([]);
  });
});

test('every acknowledged finding carries a sentence as its reason', () => {
  const reasons = synthesised('dev')
    .app.node.findAll()
    .flatMap(({ node }) =>
      node.metadata
        .filter(({ type }) => type === 'aws:cdk:acknowledged-rules')
        .flatMap(({ data }) => Object.values(data as Record<string, string>)),
    );
  expect(reasons.length).toBeGreaterThan(10);
  expect(reasons.filter((reason) => reason.length < 40 || !reason.endsWith('.'))).toEqual([]);
});

test('a finding that nobody acknowledged stops the synth and names its construct', () => {
  const { app, stacks } = synthesised('dev', {}, { validate: true });
  for (const stack of stacks.slice(0, 1)) new Queue(stack, 'Careless');
  expect(() => app.synth({ force: true })).toThrow('swoe-dev-stateful/Careless/Resource');
});
