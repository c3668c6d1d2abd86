import { appendFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { execution, executions } from '../../../local/inspect/executions.ts';
import { log } from '../../../local/inspect/log.ts';
import { lookAt } from '../../../local/inspect/look.ts';
import { deadLetters, queues } from '../../../local/inspect/queues.ts';
import { summary } from '../../../local/inspect/summary.ts';
import { table, tables } from '../../../local/inspect/tables.ts';
import { asJson, inWords, type Show } from '../../../local/inspect/view.ts';
import { openFileLog } from '../../../local/kernel/file-log.ts';
import { createVirtualScheduler } from '../../../local/kernel/virtual-scheduler.ts';
import { createMachine } from '../../../local/machine.ts';
import { writeAssembly } from './assembly.ts';

let dir = '';
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'swoe-inspect-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const QueueUrl = 'http://127.0.0.1:4566/000000000000/city-work';
const SHOWS: readonly Show[] = [summary, tables, queues, deadLetters, executions, log];

/** A machine that wrote a letter, sent three messages of which one died and one is delayed, and started an execution. */
const lived = async () => {
  const scheduler = createVirtualScheduler({ start: Date.now() });
  const fileLog = openFileLog(dir);
  const machine = await createMachine({ assembly: writeAssembly(join(dir, 'assembly', 'a')), scheduler, log: fileLog });
  const call = (service: string, operation: string, input: Record<string, unknown>) =>
    machine.call(machine.localUser, service, operation, input);
  await call('dynamodb', 'PutItem', { TableName: 'city-letters', Item: { pk: { S: 'a' }, text: { S: 'hello' } } });
  await call('sqs', 'SendMessage', { QueueUrl, MessageBody: 'dies' });
  await call('sqs', 'ReceiveMessage', { QueueUrl, VisibilityTimeout: 1 });
  await scheduler.run(scheduler.now() + 5000);
  await call('sqs', 'ReceiveMessage', { QueueUrl });
  await call('sqs', 'SendMessage', { QueueUrl, MessageBody: 'waits' });
  await call('sqs', 'SendMessage', { QueueUrl, MessageBody: 'later', DelaySeconds: 600 });
  const [stateMachine] = machine.template.ofType('AWS::StepFunctions::StateMachine');
  await call('states', 'StartExecution', { stateMachineArn: stateMachine?.ref, name: 'long', input: '{}' });
  await scheduler.run(scheduler.now() + 1000);
  await fileLog.settled();
  return { machine, fileLog };
};

const files = (): Record<string, string> =>
  Object.fromEntries(
    readdirSync(dir)
      .filter((name) => name !== 'assembly')
      .map((name) => [name, readFileSync(join(dir, name), 'latin1')]),
  );
const shown = async (show: Show, name = ''): Promise<unknown> => JSON.parse(asJson(await show(await lookAt(dir), name)));
const refusal = async (): Promise<string> => {
  const error = await lookAt(dir).catch((caught: Error) => caught);
  expect(error).toMatchObject({ name: 'Refusal' });
  return (error as Error).message;
};

describe('npm run inspect', () => {
  it('shows tables, queues, dead letters and executions of a directory, and changes nothing in it', async () => {
    const { machine, fileLog } = await lived();
    await machine.stop();
    await fileLog.close();
    const before = files();
    expect(await shown(tables)).toEqual([{ table: 'city-letters', items: 1 }]);
    expect(await shown(table, 'letters')).toEqual([{ pk: 'a', text: 'hello' }]);
    expect(await shown(queues)).toEqual([
      { queue: 'city-work', visible: 1, inFlight: 0, delayed: 1, 'dead letters': '' },
      { queue: 'city-work-dlq', visible: 1, inFlight: 0, delayed: 0, 'dead letters': 'yes' },
    ]);
    expect(await shown(deadLetters)).toMatchObject({
      'Messages given up': [{ queue: 'city-work-dlq', body: 'dies', reason: expect.stringContaining('from city-work') }],
    });
    expect(await shown(executions)).toMatchObject([{ execution: 'long', machine: 'city-waits', status: 'RUNNING' }]);
    expect(await shown(execution, 'long')).toMatchObject({ long: [{ status: 'RUNNING' }], History: expect.any(Array) });
    expect(await shown(log)).toMatchObject({ 'Files of the log': [{ file: 'log-1', kind: 'segment' }] });
    for (const show of SHOWS) expect(inWords(await show(await lookAt(dir), ''))).not.toBe('');
    expect(files()).toEqual(before);
  });

  it('reads what is durable while a process holds the directory, and says which', async () => {
    const { machine, fileLog } = await lived();
    const before = files();
    expect((await lookAt(dir)).log.holder).toBe(process.pid);
    expect(await shown(tables)).toEqual([{ table: 'city-letters', items: 1 }]);
    expect(files()).toEqual(before);
    await machine.stop();
    await fileLog.close();
  });

  it('passes over a torn end without mending it', async () => {
    const { machine, fileLog } = await lived();
    await machine.stop();
    await fileLog.close();
    appendFileSync(join(dir, 'log-1'), 'SWF1');
    const before = files();
    expect(await shown(log)).toMatchObject({ 'Files of the log': [{ torn: 4 }] });
    expect(files()).toEqual(before);
  });

  it('names what it does not know', async () => {
    const { machine, fileLog } = await lived();
    await machine.stop();
    await fileLog.close();
    const look = await lookAt(dir);
    await expect(table(look, 'letter')).rejects.toThrow('There is no table letter: the template has city-letters.');
    await expect(execution(look, 'short')).rejects.toThrow('There is no execution short');
  });

  it('refuses in one sentence what is damaged, of another version, somebody else’s, or not there', async () => {
    const { machine, fileLog } = await lived();
    await machine.stop();
    await fileLog.close();
    const copy = mkdtempSync(join(tmpdir(), 'swoe-inspect-copy-'));
    cpSync(dir, copy, { recursive: true });
    const bytes = readFileSync(join(dir, 'log-1'));
    bytes[40] = 0x40 ^ (bytes[40] ?? 0);
    writeFileSync(join(dir, 'log-1'), bytes);
    expect(await refusal()).toMatch(/log-1 is damaged between byte \d+ and byte \d+/);
    writeFileSync(join(dir, 'state.log'), 'swoe-log 3\n');
    expect(await refusal()).toMatch(/was written by a newer SWOE \(log format 3, this one reads 2\)/);
    writeFileSync(join(dir, 'state.log'), 'swoe-log 1\n');
    expect(await refusal()).toMatch(/was written by an older SWOE \(log format 1, this one reads 2\).*with --reset\.$/);
    rmSync(dir, { recursive: true });
    expect(await refusal()).toMatch(/^There is no data directory/);
    dir = copy;
    rmSync(join(dir, 'assembly'), { recursive: true });
    expect(await refusal()).toMatch(/holds no synthesised app/);
    for (const name of readdirSync(dir)) rmSync(join(dir, name), { recursive: true });
    expect(await refusal()).toMatch(/is not a data directory of SWOE/);
  });
});
