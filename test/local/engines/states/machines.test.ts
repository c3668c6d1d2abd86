import { describe, expect, it } from 'vitest';
import { type Bench, bench, MACHINE, ROLE, restarted, tokenOf, waiting } from './bench.ts';

const saying = (text: string): string =>
  JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'Say', States: { Say: { Type: 'Pass', Output: text, End: true } } });

const N = 'arn:aws:states:us-east-1:000000000000:stateMachine:n';
const create = (more: object = {}) => ({ name: 'n', definition: saying('one'), roleArn: ROLE, ...more });

const outputOf = async (b: Bench, stateMachineArn: string): Promise<unknown> => {
  const { executionArn } = await b.serve('StartExecution', { stateMachineArn });
  await b.scheduler.run();
  const { output } = await b.serve('DescribeExecution', { executionArn });
  return JSON.parse(String(output));
};

describe('state machines made by calls', () => {
  it('a machine is created once: the same again is answered, another definition is refused', async () => {
    const b = bench();
    const made = await b.serve('CreateStateMachine', create());
    expect(made).toEqual({ stateMachineArn: N, creationDate: Date.UTC(2026, 0, 1) / 1000 });
    expect(await b.serve('CreateStateMachine', create({ roleArn: `${ROLE}2` }))).toEqual(made);
    expect(await b.refused('CreateStateMachine', create({ definition: saying('two') }))).toBe('StateMachineAlreadyExists');
    expect(await outputOf(b, N)).toBe('one');
  });

  it('what AWS refuses at creation is refused under its name', async () => {
    const b = bench();
    const refused = (more: object) => b.refused('CreateStateMachine', create(more));
    expect(await refused({ name: 'a b' })).toBe('InvalidName');
    expect(await refused({ name: 'n'.repeat(81) })).toBe('InvalidName');
    expect(await refused({ roleArn: 'arn:aws:iam::1:user/x' })).toBe('InvalidArn');
    expect(await refused({ definition: '{' })).toBe('InvalidDefinition');
    expect(await refused({ definition: `"${'x'.repeat(1_048_576)}"` })).toBe('InvalidDefinition');
    const reading = (field: object) => {
      const ItemProcessor = { StartAt: 'I', States: { I: { Type: 'Succeed' } } };
      return {
        definition: JSON.stringify({
          QueryLanguage: 'JSONata',
          StartAt: 'M',
          States: { M: { Type: 'Map', ItemProcessor, End: true, ...field } },
        }),
      };
    };
    expect(await refused(reading({ ItemReader: { Resource: 'arn:aws:states:::s3:getObject' } }))).toBe('InvalidDefinition');
    expect(await refused(reading({ ResultWriter: { Resource: 'arn:aws:states:::s3:putObject' } }))).toBe('InvalidDefinition');
    expect(await refused({ type: 'EXPRESS' })).toBe('StateMachineTypeNotSupported');
    expect(await refused({ versionDescription: 'v' })).toBe('ValidationException');
    expect(await b.refused('UpdateStateMachine', { stateMachineArn: N, roleArn: ROLE })).toBe('StateMachineDoesNotExist');
    expect(await b.refused('UpdateStateMachine', { stateMachineArn: MACHINE })).toBe('MissingRequiredParameter');
    expect(await b.refused('DescribeStateMachine', { stateMachineArn: 'nonsense' })).toBe('InvalidArn');
  });

  it('an update is for executions to come; those that run keep what they began with', async () => {
    const b = bench();
    const { executionArn } = await b.serve('StartExecution', { stateMachineArn: MACHINE, name: 'e1' });
    await b.scheduler.run();
    const { revisionId } = await b.serve('UpdateStateMachine', { stateMachineArn: MACHINE, definition: saying('new') });
    expect(await b.serve('DescribeStateMachine', { stateMachineArn: MACHINE })).toMatchObject({ revisionId, definition: saying('new') });
    expect(JSON.parse(String((await b.serve('DescribeStateMachineForExecution', { executionArn }))['definition']))).toEqual(waiting());
    const taskToken = tokenOf(b);
    await b.serve('SendTaskSuccess', { taskToken, output: '"old"' });
    expect(await b.serve('DescribeExecution', { executionArn })).toMatchObject({ status: 'SUCCEEDED', output: '"old"' });
    expect(await outputOf(b, MACHINE)).toBe('new');
  });

  it('a deleted machine is DELETING until its executions have ended, starts nothing, and is gone with them', async () => {
    const b = bench();
    const { executionArn } = await b.serve('StartExecution', { stateMachineArn: MACHINE, name: 'e1' });
    await b.scheduler.run();
    await b.serve('DeleteStateMachine', { stateMachineArn: MACHINE });
    expect(await b.serve('DescribeStateMachine', { stateMachineArn: MACHINE })).toMatchObject({ status: 'DELETING' });
    expect(await b.refused('StartExecution', { stateMachineArn: MACHINE })).toBe('StateMachineDeleting');
    const taskToken = tokenOf(b);
    await b.serve('SendTaskSuccess', { taskToken, output: '1' });
    expect(await b.refused('DescribeStateMachine', { stateMachineArn: MACHINE })).toBe('StateMachineDoesNotExist');
    expect(await b.refused('DescribeExecution', { executionArn })).toBe('ExecutionDoesNotExist');
    expect(await b.serve('DeleteStateMachine', { stateMachineArn: MACHINE })).toEqual({});
  });

  it('an execution of a deleted machine is ended at its next transition', async () => {
    const ask = waiting().States.Ask;
    const b = bench({
      ...waiting(),
      States: { Ask: { ...ask, Next: 'Again' }, Again: { ...ask, Next: 'Done' }, Done: { Type: 'Succeed' } },
    });
    await b.serve('StartExecution', { stateMachineArn: MACHINE, name: 'e1' });
    await b.scheduler.run();
    await b.serve('DeleteStateMachine', { stateMachineArn: MACHINE });
    await b.serve('SendTaskSuccess', { taskToken: tokenOf(b), output: '1' });
    await b.scheduler.run();
    expect(b.changes.map(({ detail }) => detail['status'])).toEqual(['RUNNING', 'ABORTED']);
    expect(b.invoked).toHaveLength(1);
    expect(b.states.running()).toBe(0);
  });

  it('a machine that runs nothing is gone at once, and its name is free', async () => {
    const b = bench();
    await b.serve('CreateStateMachine', create());
    await b.serve('DeleteStateMachine', { stateMachineArn: N });
    expect(await b.refused('DescribeStateMachine', { stateMachineArn: N })).toBe('StateMachineDoesNotExist');
    await b.serve('CreateStateMachine', create({ definition: saying('two') }));
    expect(await outputOf(b, N)).toBe('two');
  });

  it('machines are listed in pages', async () => {
    const b = bench();
    for (const name of ['p', 'q', 'r']) await b.serve('CreateStateMachine', create({ name }));
    const names: unknown[] = [];
    let nextToken: unknown;
    do {
      const page = (await b.serve('ListStateMachines', { maxResults: 2, nextToken })) as {
        stateMachines: { name: string }[];
        nextToken?: string;
      };
      names.push(page.stateMachines.map(({ name }) => name));
      nextToken = page.nextToken;
    } while (nextToken);
    expect(names).toEqual([
      ['m', 'p'],
      ['q', 'r'],
    ]);
    expect(await b.refused('ListStateMachines', { nextToken: 'nonsense' })).toBe('InvalidToken');
  });

  it('tags are added, replaced, listed and taken away', async () => {
    const b = bench();
    await b.serve('CreateStateMachine', create({ tags: [{ key: 'a', value: '1' }] }));
    await b.serve('TagResource', {
      resourceArn: N,
      tags: [
        { key: 'a', value: '2' },
        { key: 'b', value: '3' },
      ],
    });
    await b.serve('UntagResource', { resourceArn: N, tagKeys: ['b'] });
    expect(await b.serve('ListTagsForResource', { resourceArn: N })).toEqual({ tags: [{ key: 'a', value: '2' }] });
    expect(await b.refused('ListTagsForResource', { resourceArn: `${N}x` })).toBe('ResourceNotFound');
    const tags = Array.from({ length: 51 }, (_, index) => ({ key: `k${index}`, value: '' }));
    expect(await b.refused('TagResource', { resourceArn: N, tags })).toBe('TooManyTags');
  });

  it('what calls made and changed is there after a restart, and after one from a snapshot', async () => {
    const b = bench();
    await b.serve('CreateStateMachine', create({ publish: true, tags: [{ key: 'a', value: '1' }] }));
    await b.serve('UpdateStateMachine', { stateMachineArn: N, definition: saying('two') });
    await b.serve('UpdateStateMachine', { stateMachineArn: MACHINE, definition: saying('changed') });
    const brief = bench(waiting(), JSON.parse(JSON.stringify([...b.states.snapshot()])) as unknown[]);
    for (const after of [restarted(b), brief]) {
      expect(await after.serve('DescribeStateMachine', { stateMachineArn: N })).toEqual(
        await b.serve('DescribeStateMachine', { stateMachineArn: N }),
      );
      expect([await outputOf(after, N), await outputOf(after, `${N}:1`), await outputOf(after, MACHINE)]).toEqual([
        'two',
        'one',
        'changed',
      ]);
    }
  });

  it('a new definition in the template takes the place of an update by a call, and versions stay', async () => {
    const b = bench();
    await b.serve('UpdateStateMachine', { stateMachineArn: MACHINE, definition: saying('changed'), publish: true });
    const after = restarted(b, JSON.parse(saying('template')) as object);
    expect([await outputOf(after, MACHINE), await outputOf(after, `${MACHINE}:1`)]).toEqual(['template', 'changed']);
  });

  it('what this machine has not is refused in a sentence', async () => {
    const b = bench();
    for (const operation of ['CreateActivity', 'GetActivityTask', 'DescribeMapRun', 'TestState'])
      await expect(b.serve(operation, {})).rejects.toThrow(/^The local Step Functions (has no|does not)/);
    expect(await b.refused('StartSyncExecution', { stateMachineArn: MACHINE })).toBe('StateMachineTypeNotSupported');
  });

  it('diagnostics are cut at maxResults, and that is said', async () => {
    const b = bench();
    const definition = JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'X', States: { A: { Type: 'Pass' }, B: { Type: 'Pass' } } });
    const whole = await b.serve('ValidateStateMachineDefinition', { definition });
    expect(whole).toMatchObject({ result: 'FAIL', truncated: false });
    expect(await b.serve('ValidateStateMachineDefinition', { definition, maxResults: 1 })).toMatchObject({
      result: 'FAIL',
      truncated: true,
      diagnostics: [{ severity: 'ERROR' }],
    });
  });
});
