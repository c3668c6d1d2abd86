import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSimulatedDisk, openSimulatedLog, type SimulatedDisk } from '../../local/kernel/simulated-disk.ts';
import { createVirtualScheduler } from '../../local/kernel/virtual-scheduler.ts';
import { createMachine } from '../../local/machine.ts';
import { type Prepared, prepareAssembly } from '../../local/template/prepare.ts';
import { writeAssembly } from './inspect/assembly.ts';

let dir = '';
let prepared: Prepared;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'swoe-machine-'));
  prepared = await prepareAssembly(writeAssembly(dir));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const newDisk = (): SimulatedDisk => createSimulatedDisk({ random: () => 0.5 });
const start = async (disk: SimulatedDisk, compactAt?: number) => {
  const scheduler = createVirtualScheduler({ seed: 1 });
  const log = openSimulatedLog(disk, scheduler, compactAt ? { compactAt } : {});
  const machine = await createMachine({ assembly: prepared, scheduler, log });
  const call = (service: string, operation: string, input: Record<string, unknown>) =>
    machine.call(machine.localUser, service, operation, input);
  /** Waits for an answer while the clock runs. */
  const ask = async (service: string, operation: string, input: Record<string, unknown>): Promise<Record<string, unknown>> => {
    let answer: Record<string, unknown> | undefined;
    void call(service, operation, input).then((given) => {
      answer = given;
    });
    await scheduler.run(() => answer !== undefined);
    return answer ?? {};
  };
  const put = (pk: string) => ask('dynamodb', 'PutItem', { TableName: 'city-letters', Item: { pk: { S: pk } } });
  const count = async () => (await ask('dynamodb', 'Scan', { TableName: 'city-letters' }))['Count'];
  return { scheduler, machine, call, ask, put, count };
};

describe('machines of one prepared assembly', () => {
  it('share the template and nothing of their state', async () => {
    const [one, other] = [await start(newDisk()), await start(newDisk())];
    await one.put('a');
    expect([await one.count(), await other.count()]).toEqual([1, 0]);
    expect(one.machine.template).toBe(other.machine.template);
  });

  it('begin where the one before on the same disk was, a snapshot in between or not', async () => {
    for (const compactAt of [undefined, 500]) {
      const disk = newDisk();
      const before = await start(disk, compactAt);
      for (let n = 0; n < 20; n += 1) await before.put(`letter-${n}`);
      await before.scheduler.run(before.scheduler.now() + 1000);
      expect([...disk.files().keys()].some((name) => name.startsWith('snapshot-'))).toBe(compactAt !== undefined);
      disk.crash();
      expect(await (await start(disk)).count()).toBe(20);
    }
  });
});

describe('a machine that is stopped', () => {
  it('has what it wrote on disk, runs nothing more and answers nobody', async () => {
    const disk = newDisk();
    const { machine, scheduler, ask, call } = await start(disk);
    const [stateMachine] = machine.template.ofType('AWS::StepFunctions::StateMachine');
    await ask('states', 'StartExecution', { stateMachineArn: stateMachine?.ref, name: 'long', input: '{}' });
    let answered = false;
    void call('dynamodb', 'PutItem', { TableName: 'city-letters', Item: { pk: { S: 'last' } } });
    let stopped = false;
    void machine.stop().then(() => {
      stopped = true;
    });
    void call('dynamodb', 'Scan', { TableName: 'city-letters' }).finally(() => {
      answered = true;
    });
    const [now, waiting] = [scheduler.now(), scheduler.waiting()];
    await scheduler.run();
    expect({ stopped, answered }).toEqual({ stopped: true, answered: false });
    expect([waiting < 5, scheduler.now() - now < 1000]).toEqual([true, true]);
    const next = await start(disk);
    expect(await next.count()).toBe(1);
    expect(await next.ask('states', 'ListExecutions', { stateMachineArn: stateMachine?.ref })).toMatchObject({
      executions: [{ name: 'long', status: 'RUNNING' }],
    });
  });
});
