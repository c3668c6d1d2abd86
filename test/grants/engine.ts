import { agreed } from '../support/system.ts';
import { active, north, put, type Scene, type Stage, willing } from './stage.ts';

const operate = ({ running }: Stage, command: string) =>
  running.rest('kernel_operator', 'POST', `/kernel/${command}`, { reason: 'a drill' });

/** The deadline of a run, told once more than it should be, as a queue may. */
const due = ({ running: { machine, live, scheduler } }: Stage, executionId: string) => {
  const word = {
    id: `due-${executionId}`,
    'detail-type': 'execution.deadline',
    source: 'swoe',
    time: new Date(scheduler.now()).toISOString(),
  };
  const QueueUrl = 'http://127.0.0.1:4566/000000000000/swoe-dev-finish';
  return live(
    machine.call(machine.localUser, 'sqs', 'SendMessage', { QueueUrl, MessageBody: JSON.stringify({ ...word, detail: { executionId } }) }),
  );
};

/** What an operator does to the whole engine: scenes of `exercise`, in their order. */
export const engine: Readonly<Record<string, Scene>> = {
  /** The pause is longer than the run may take: its deadline's schedule fires and is set anew, twice for the word that comes twice. */
  'the engine is paused over the deadline of a run, and one waits to start': async (stage) => {
    const { running } = stage;
    await put(stage, 'halted', 60_000);
    await running.pass(600);
    const [run] = await active(stage);
    await operate(stage, 'pause');
    await put(stage, 'waits', 64_000);
    await put(stage, 'called-off', 68_000);
    await running.pass(31 * 60_000);
    await due(stage, run?.id ?? '');
    await due(stage, run?.id ?? '');
    await running.pass(1_000);
    await running.rest('kernel_operator', 'GET', '/kernel/queue');
    await running.rest('kernel_operator', 'GET', '/kernel/subsystems');
    const last = (await active(stage)).find(({ id }) => id !== run?.id);
    await running.rest('supervisor', 'POST', `/executions/${last?.id}/cancel`, { reason: 'a false alarm' });
    await running.pass(5_000);
    await operate(stage, 'resume');
    await running.pass(400_000);
  },
  /** It is asked whether a record still stands, and the run fails without that answer. */
  'a run fails because nobody answers': async (stage) => {
    stage.manner = (action) => (action === 'FUSION_CLOUD_SYNC' ? 'silent' : willing());
    const wanted = { specversion: '1.0', id: 'wanted-1', source: 'investigations', type: 'vehicle.wanted' };
    const data = { record: 'stolen', urgent: true, vehicle: { plate: 'ABC123', state: 'FL' }, ...north(30_000) };
    await stage.running.put('investigations', 'vehicle.wanted', { ...wanted, data });
    await stage.running.pass(11 * 60_000);
    stage.manner = willing;
  },
  'the engine is stopped, calling off what runs, and started anew': async (stage) => {
    await put(stage, 'recalled', 72_000);
    await stage.running.pass(900);
    await agreed(stage.running, '/kernel/stop', { reason: 'a drill', mode: 'compensate' }, ['kernel_operator', 'kernel_operator']);
    await stage.running.pass(10_000);
    await operate(stage, 'start');
    await stage.running.pass(10_000);
  },
};
