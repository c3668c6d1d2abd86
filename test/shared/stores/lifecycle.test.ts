import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import type { WorkflowStatus } from '../../../shared/contracts/vocabulary.ts';
import { ENTERED_FROM } from '../../../shared/stores/lifecycle.ts';
import { rooms } from '../../support/rooms.ts';
import { execution, stage } from '../../support/scene.ts';

const ID = 'gunfire-response-I1';
const AT = '2026-11-22T17:01:00.000Z';

type Command = 'start' | 'pause' | 'resume' | 'beginEnd' | 'complete' | 'fail' | 'cancel' | 'timeOut';
const commands = fc.array(fc.constantFrom<Command>('start', 'pause', 'resume', 'beginEnd', 'complete', 'fail', 'cancel', 'timeOut'), {
  maxLength: 9,
});
const ENTERS: Partial<Record<Command, WorkflowStatus>> = {
  start: 'RUNNING',
  complete: 'COMPLETED',
  fail: 'FAILED',
  cancel: 'CANCELLED',
  timeOut: 'TIMEOUT',
};

let requests = 0;

const tried = async (ground: ReturnType<typeof rooms>, command: Command): Promise<boolean> => {
  const { executions, journal } = ground.stores;
  const now = await executions.get(ID);
  const status = ENTERS[command];
  const writes = status
    ? executions.enter(ID, status)
    : command === 'pause'
      ? [executions.pause(ID, AT, 0)]
      : command === 'resume'
        ? [executions.resume(now ?? execution('I1'), '2026-11-22T18:00:00.000Z')]
        : [executions.beginEnd(ID, { ending: AT, endingAs: 'FAILED', cause: '' })];
  requests += 1;
  return (await journal.commit('I1', [], [...writes, executions.commanded(ID, `request-${requests}`, 0)])).ok;
};

test.prop([commands], { numRuns: 60 })(
  'a run goes only where its status lets it, and a command that does not fit changes nothing',
  async (list) => {
    const ground = rooms();
    await stage(ground, { executions: [execution('I1', { status: 'PENDING' })] });
    let before = (await ground.stores.executions.get(ID))?.status ?? 'PENDING';
    for (const command of list) {
      const ok = await tried(ground, command);
      const now = await ground.stores.executions.get(ID);
      const after = now?.status ?? 'PENDING';
      if (!ok) expect(after).toBe(before);
      else if (after !== before) expect(ENTERED_FROM[after]).toContain(before);
      if (after === 'RUNNING' || after === 'PAUSED') expect(now?.pausedAt !== undefined).toBe(after === 'PAUSED');
      before = after;
    }
  },
);

test('what is over is never paused, resumed or ended again', async () => {
  for (const end of ['complete', 'fail', 'cancel', 'timeOut'] as const) {
    const ground = rooms();
    await stage(ground, {});
    expect(await tried(ground, end)).toBe(true);
    for (const command of ['start', 'pause', 'resume', 'beginEnd', 'complete', 'fail', 'cancel', 'timeOut'] as const)
      expect([end, command, await tried(ground, command)]).toEqual([end, command, false]);
    expect(await ground.stores.executions.untold()).toEqual([ID]);
  }
});

test('a step of a run that was paused since it was read writes nothing', async () => {
  const ground = rooms();
  await stage(ground, {});
  const read = await ground.stores.executions.get(ID);
  if (!read) throw new Error('not stored');
  await tried(ground, 'pause');
  expect((await ground.stores.journal.commit('I1', [], [ground.stores.executions.goesOn(read)])).ok).toBe(false);
  const paused = await ground.stores.executions.get(ID);
  expect((await ground.stores.journal.commit('I1', [], [ground.stores.executions.goesOn(paused ?? read)])).ok).toBe(true);
});
