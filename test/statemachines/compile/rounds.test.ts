// biome-ignore-all lint/suspicious/noThenProperty: `then` is the language's word, and nobody awaits a node
import { expect, it } from 'vitest';
import type { Node } from '../../../shared/contracts/workflow.ts';
import { given, said, startedBy } from '../../../workflows/language/condition.ts';
import { flag } from '../../../workflows/language/input.ts';
import { run, type World } from './run.ts';
import { anApproval, aStep, aWorkflow } from './samples.ts';

const weapon = said('THREAT_ASSESSMENT', 'assess', 'weapon', true);
const assess = aStep('assess', { action: 'THREAT_ASSESSMENT', with: { topic: 'pursuit', basis: 'sensor' } });
const poll = (more: Partial<Extract<Node, { kind: 'repeat' }>>): Node => ({
  kind: 'repeat',
  name: 'poll',
  every: 30,
  times: 4,
  steps: [assess],
  ...more,
});

/** What `assess` says in each round; a round it says nothing of, it misses. */
const says =
  (...words: readonly (boolean | undefined)[]): World =>
  ({ op, step, attempt }) => {
    if (op !== 'perform' || step !== 'assess') return undefined;
    const word = words[attempt - 1];
    return word === undefined ? 'Broken' : { said: { weapon: word } };
  };

const rounds = ({ told }: Awaited<ReturnType<typeof run>>) =>
  told.flatMap(({ command, atS }) =>
    command.op === 'perform' && command.step.name === 'assess' ? [[command.round, Math.round(atS)]] : [],
  );

it('a round follows the other after its wait, as often as it says, and each knows its number', async () => {
  const outcome = await run(aWorkflow([poll({})]), says(false, false, false, false));
  expect(rounds(outcome)).toEqual([
    [0, 0],
    [1, 30],
    [2, 60],
    [3, 90],
  ]);
  expect(Math.round(outcome.seconds)).toBe(90);
});

it('no further round begins once what they found out is enough', async () => {
  expect(rounds(await run(aWorkflow([poll({ until: weapon })]), says(false, true)))).toEqual([
    [0, 0],
    [1, 30],
  ]);
});

it('a step that misses in a round is not heard with the word of an earlier one', async () => {
  const after = aStep('after', { when: weapon });
  const { ops } = await run(aWorkflow([poll({ times: 2 }), after]), says(true, undefined));
  expect(ops('perform')).not.toContain('after');
});

it('what a branch says in a later round is not lost to what its sibling carried from an earlier one', async () => {
  const both: Node = { kind: 'parallel', name: 'both', branches: { a: [assess], b: [aStep('other')] } };
  const outcome = await run(aWorkflow([poll({ steps: [both], until: weapon })]), says(false, true));
  expect(rounds(outcome)).toEqual([
    [0, 0],
    [1, 30],
  ]);
});

it('rounds within rounds are counted through', async () => {
  const inner = poll({ times: 3 });
  const outcome = await run(aWorkflow([{ kind: 'repeat', name: 'outer', every: 60, times: 2, steps: [inner] }]), () => undefined);
  expect(rounds(outcome).map(([round]) => round)).toEqual([0, 1, 2, 3, 4, 5]);
});

it('a node whose condition does not hold is passed over, and nothing is missing then', async () => {
  const flagged = { inputs: { urgent: flag('data.urgent') } };
  const nodes: Node[] = [
    aStep('a', { when: given('urgent') }),
    { kind: 'parallel', name: 'p', when: startedBy('CHAIN'), branches: { x: [aStep('b')] } },
    anApproval({ when: given('urgent') }),
    poll({ when: given('urgent') }),
    { kind: 'parallel', name: 'q', branches: { x: [aStep('c', { when: given('urgent') })], y: [aStep('d')] } },
  ];
  const { ops, execution } = await run(aWorkflow(nodes, flagged));
  expect([ops('perform'), ops('ask'), ops('miss'), execution.status]).toEqual([['open', 'd', 'release', 'record'], [], [], 'SUCCEEDED']);
});

it('a no leads through what is to be done otherwise, and so does silence', async () => {
  const ask = anApproval({ otherwise: [aStep('instead')] });
  for (const no of ['SWOE.Refused', 'silence']) {
    const { ops } = await run(aWorkflow([ask]), ({ op }) => (op === 'ask' ? no : undefined));
    expect([ops('perform'), ops('miss')]).toEqual([['open', 'instead', 'release', 'record'], ['ask']]);
  }
  expect((await run(aWorkflow([ask]))).ops('perform')).toEqual(['open', 'allowed', 'release', 'record']);
});

it('a step knows the approvals it stands behind, and a person what a yes would let happen', async () => {
  const inner = anApproval({ name: 'again', then: [aStep('deep')] });
  const { told } = await run(aWorkflow([anApproval({ second: 'chief', then: [aStep('allowed'), inner] })]));
  const behind = told.flatMap(({ command }) => (command.op === 'perform' ? [[command.step.name, command.behind]] : []));
  expect(behind).toEqual([
    ['open', []],
    ['allowed', ['ask']],
    ['deep', ['ask', 'again']],
    ['release', []],
    ['record', []],
  ]);
  const asked = told.flatMap(({ command }) =>
    command.op === 'ask' ? [[command.approval.second, command.releases.map(({ step }) => step)]] : [],
  );
  expect(asked).toEqual([
    ['chief', ['allowed', 'deep']],
    [undefined, ['deep']],
  ]);
});
