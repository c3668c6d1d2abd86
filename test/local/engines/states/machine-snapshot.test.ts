import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Bench, bench, ROLE, restarted, waiting } from './bench.ts';

const NAMES = ['m', 'n', 'o'];
const TEXTS = ['one', 'two', 'three'];
const arnOf = (name: string): string => `arn:aws:states:us-east-1:000000000000:stateMachine:${name}`;

const saying = (text: string): string =>
  JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'Say', States: { Say: { Type: 'Pass', Output: text, End: true } } });

type Act = [operation: string, input: (name: string, text: string, number: number) => Record<string, unknown>];

const ACTS: readonly Act[] = [
  ['CreateStateMachine', (name, text, number) => ({ name, definition: saying(text), roleArn: ROLE, publish: number === 1 })],
  ['UpdateStateMachine', (name, text, number) => ({ stateMachineArn: arnOf(name), definition: saying(text), publish: number === 1 })],
  ['UpdateStateMachine', (name) => ({ stateMachineArn: arnOf(name), definition: JSON.stringify(waiting()) })],
  ['DeleteStateMachine', (name) => ({ stateMachineArn: arnOf(name) })],
  ['PublishStateMachineVersion', (name, text) => ({ stateMachineArn: arnOf(name), description: text })],
  ['DeleteStateMachineVersion', (name, _text, number) => ({ stateMachineVersionArn: `${arnOf(name)}:${number}` })],
  [
    'CreateStateMachineAlias',
    (name, text, number) => ({ name: text, routingConfiguration: [{ stateMachineVersionArn: `${arnOf(name)}:${number}`, weight: 100 }] }),
  ],
  [
    'UpdateStateMachineAlias',
    (name, text, number) => ({
      stateMachineAliasArn: `${arnOf(name)}:${text}`,
      routingConfiguration: [{ stateMachineVersionArn: `${arnOf(name)}:${number}`, weight: 100 }],
    }),
  ],
  ['DeleteStateMachineAlias', (name, text) => ({ stateMachineAliasArn: `${arnOf(name)}:${text}` })],
  ['TagResource', (name, text) => ({ resourceArn: arnOf(name), tags: [{ key: text, value: text }] })],
  ['UntagResource', (name, text) => ({ resourceArn: arnOf(name), tagKeys: [text] })],
  ['StartExecution', (name) => ({ stateMachineArn: arnOf(name) })],
  ['StartExecution', (name, _text, number) => ({ stateMachineArn: `${arnOf(name)}:${number}` })],
  ['StartExecution', (name, text) => ({ stateMachineArn: `${arnOf(name)}:${text}` })],
];

const STEP = fc.tuple(fc.constantFrom(...ACTS), fc.constantFrom(...NAMES), fc.constantFrom(...TEXTS), fc.integer({ min: 1, max: 3 }));

/** What an operation answers, or the name of its refusal. */
const told = (b: Bench, operation: string, input: Record<string, unknown>): Promise<unknown> =>
  b.states.serve(operation, input).catch(({ name }: Error) => name);

const seen = async (b: Bench): Promise<unknown> => {
  const asked = NAMES.flatMap((name): [string, Record<string, unknown>][] => {
    const stateMachineArn = arnOf(name);
    return [
      ['DescribeStateMachine', { stateMachineArn }],
      ['ListStateMachineVersions', { stateMachineArn }],
      ['ListStateMachineAliases', { stateMachineArn }],
      ['ListTagsForResource', { resourceArn: stateMachineArn }],
      ['ListExecutions', { stateMachineArn }],
      ...[1, 2, 3].map((number): [string, object] => ['DescribeStateMachine', { stateMachineArn: `${stateMachineArn}:${number}` }]),
      ...TEXTS.map((text): [string, object] => ['DescribeStateMachineAlias', { stateMachineAliasArn: `${stateMachineArn}:${text}` }]),
    ] as [string, Record<string, unknown>][];
  });
  return Promise.all(asked.map(([operation, input]) => told(b, operation, input)));
};

it('whatever was done to machines, versions, aliases and tags, a fresh engine made of the records or of the snapshot shows the same', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(STEP, { maxLength: 30 }), fc.nat(30), async (steps, cut) => {
      const b = bench();
      b.states.resume();
      let snapshot: unknown[] = [];
      let from = 0;
      for (const [index, [[operation, input], name, text, number]] of steps.entries()) {
        await told(b, operation, input(name, text, number));
        await b.scheduler.run(b.scheduler.now() + 1000);
        if (index !== cut) continue;
        snapshot = JSON.parse(JSON.stringify([...b.states.snapshot()])) as unknown[];
        from = b.records.length;
      }
      const now = b.scheduler.now();
      const whole = restarted(b);
      const brief = bench(waiting(), JSON.parse(JSON.stringify([...b.states.snapshot()])) as unknown[], now);
      const both = bench(waiting(), [...snapshot, ...b.records.slice(from)], now);
      const state = await seen(b);
      for (const after of [whole, brief, both]) expect(await seen(after)).toEqual(state);
    }),
    { numRuns: 150 },
  );
});
