import { describe, expect, it } from 'vitest';
import { type Bench, bench, MACHINE, restarted } from './bench.ts';

const saying = (text: string) => ({
  QueryLanguage: 'JSONata',
  StartAt: 'Say',
  States: { Say: { Type: 'Pass', Output: text, End: true } },
});

const run = async (b: Bench, stateMachineArn: string, name?: string): Promise<Record<string, unknown>> => {
  const { executionArn } = await b.serve('StartExecution', { stateMachineArn, name });
  await b.scheduler.run();
  return b.serve('DescribeExecution', { executionArn });
};

/** Versions 1 and 2 say 'one' and 'two'; the machine itself says 'three'. */
const published = async (): Promise<Bench> => {
  const b = bench(saying('one'));
  await b.serve('PublishStateMachineVersion', { stateMachineArn: MACHINE, description: 'first' });
  for (const text of ['two', 'three']) {
    const publish = text === 'two';
    await b.serve('UpdateStateMachine', { stateMachineArn: MACHINE, definition: JSON.stringify(saying(text)), publish });
  }
  return b;
};

const route = (number: number, weight = 100) => ({ stateMachineVersionArn: `${MACHINE}:${number}`, weight });
const LIVE = `${MACHINE}:LIVE`;
const alias = (...routingConfiguration: object[]) => ({ name: 'LIVE', routingConfiguration });

describe('versions', () => {
  it('a version stays what it was when the machine changes', async () => {
    const b = await published();
    expect(await run(b, MACHINE)).toMatchObject({ output: '"three"' });
    expect(await run(b, `${MACHINE}:1`)).toMatchObject({ output: '"one"', stateMachineVersionArn: `${MACHINE}:1` });
    expect(await b.serve('DescribeStateMachine', { stateMachineArn: `${MACHINE}:1` })).toMatchObject({
      stateMachineArn: `${MACHINE}:1`,
      definition: JSON.stringify(saying('one')),
      description: 'first',
    });
    expect(await b.refused('StartExecution', { stateMachineArn: `${MACHINE}:9` })).toBe('StateMachineDoesNotExist');
  });

  it('publishing the same revision twice gives the same version, and a stale revision id conflicts', async () => {
    const b = await published();
    const publish = (more: object = {}) => b.serve('PublishStateMachineVersion', { stateMachineArn: MACHINE, ...more });
    const third = await publish();
    expect(third).toMatchObject({ stateMachineVersionArn: `${MACHINE}:3` });
    expect(await publish()).toEqual(third);
    expect(await b.refused('PublishStateMachineVersion', { stateMachineArn: MACHINE, revisionId: 'INITIAL' })).toBe('ConflictException');
  });

  it('versions are listed newest first, and a deleted number is not used again', async () => {
    const b = await published();
    await b.serve('DeleteStateMachineVersion', { stateMachineVersionArn: `${MACHINE}:2` });
    await b.serve('PublishStateMachineVersion', { stateMachineArn: MACHINE });
    const { stateMachineVersions } = (await b.serve('ListStateMachineVersions', { stateMachineArn: MACHINE })) as {
      stateMachineVersions: { stateMachineVersionArn: string }[];
    };
    expect(stateMachineVersions.map(({ stateMachineVersionArn }) => stateMachineVersionArn)).toEqual([`${MACHINE}:3`, `${MACHINE}:1`]);
  });
});

describe('aliases', () => {
  it('an alias leads starts to its versions by their weights, and executions remember both', async () => {
    const b = await published();
    await b.serve('CreateStateMachineAlias', alias(route(1, 20), route(2, 80)));
    const outputs: unknown[] = [];
    for (let index = 0; index < 200; index += 1) outputs.push((await run(b, LIVE, `e${index}`))['output']);
    const ones = outputs.filter((output) => output === '"one"').length;
    expect(ones).toBeGreaterThan(20);
    expect(ones).toBeLessThan(60);
    const { executionArn } = await run(b, LIVE);
    expect(await b.serve('DescribeExecution', { executionArn })).toMatchObject({ stateMachineAliasArn: LIVE });
    const { events } = (await b.serve('GetExecutionHistory', { executionArn })) as { events: Record<string, unknown>[] };
    expect(events[0]?.['executionStartedEventDetails']).toMatchObject({ stateMachineAliasArn: LIVE });
    const listed = async (stateMachineArn: string) =>
      ((await b.serve('ListExecutions', { stateMachineArn, maxResults: 1000 })) as { executions: unknown[] }).executions.length;
    expect((await listed(`${MACHINE}:1`)) + (await listed(`${MACHINE}:2`))).toBe(await listed(LIVE));
  });

  it('an alias is made once, changed, described, listed and deleted', async () => {
    const b = await published();
    const made = await b.serve('CreateStateMachineAlias', alias(route(1)));
    expect(await b.serve('CreateStateMachineAlias', alias(route(1)))).toEqual(made);
    expect(await b.refused('CreateStateMachineAlias', alias(route(2)))).toBe('ConflictException');
    await b.serve('UpdateStateMachineAlias', { stateMachineAliasArn: LIVE, routingConfiguration: [route(2)] });
    expect(await b.serve('DescribeStateMachineAlias', { stateMachineAliasArn: LIVE })).toMatchObject({ routingConfiguration: [route(2)] });
    expect(await run(b, LIVE)).toMatchObject({ output: '"two"' });
    const aliases = async (stateMachineArn: string) =>
      (await b.serve('ListStateMachineAliases', { stateMachineArn }))['stateMachineAliases'];
    expect([await aliases(MACHINE), await aliases(`${MACHINE}:2`), await aliases(`${MACHINE}:1`)]).toMatchObject([[{}], [{}], []]);
    expect(await b.refused('DeleteStateMachineVersion', { stateMachineVersionArn: `${MACHINE}:2` })).toBe('ConflictException');
    await b.serve('DeleteStateMachineAlias', { stateMachineAliasArn: LIVE });
    expect(await b.refused('DescribeStateMachineAlias', { stateMachineAliasArn: LIVE })).toBe('ResourceNotFound');
  });

  it('routes weigh 100 together and lead to different versions that are there', async () => {
    const b = await published();
    const refused = (...routes: object[]) => b.refused('CreateStateMachineAlias', alias(...routes));
    expect(await refused(route(1, 50))).toBe('ValidationException');
    expect(await refused(route(1, 50), route(1, 50))).toBe('ValidationException');
    expect(await refused()).toBe('ValidationException');
    expect(await refused(route(9))).toBe('ResourceNotFound');
    expect(await b.refused('CreateStateMachineAlias', { ...alias(route(1)), name: '12' })).toBe('InvalidName');
  });

  it("a template's version and alias are there at once, and follow a new definition", async () => {
    const deployed = (text: string, records: readonly unknown[] = []) => {
      const b = bench(saying(text), [], Date.UTC(2026, 0, 1));
      b.states.defineVersion({ stateMachineArn: MACHINE });
      b.states.defineAlias({ name: 'LIVE', routes: [route(1)] });
      for (const record of records) b.states.replay(record);
      b.states.resume();
      return b;
    };
    const first = deployed('one');
    expect(await run(first, LIVE)).toMatchObject({ output: '"one"', stateMachineVersionArn: `${MACHINE}:1`, stateMachineAliasArn: LIVE });
    await first.serve('UpdateStateMachine', { stateMachineArn: MACHINE, definition: JSON.stringify(saying('two')), publish: true });
    const second = deployed('three', first.records);
    expect(await run(second, LIVE, 'second')).toMatchObject({ output: '"three"' });
    expect(await run(second, `${MACHINE}:2`, 'third')).toMatchObject({ output: '"two"' });
    expect(await run(restarted(first, saying('one')), MACHINE, 'fourth')).toMatchObject({ output: '"one"' });
  });
});
