import { AwsError } from '../../../kernel/aws-error.ts';
import { optionalText, seconds, textOf } from '../names.ts';
import { redriveState } from '../redrivable.ts';
import { reopen } from '../replay.ts';
import { rise } from '../runs.ts';
import { statusChange } from '../status-event.ts';
import { entryAt, machineAt } from '../store.ts';
import type { Operation } from './context.ts';

/** An execution without success goes on from where it failed. Asked twice under one client token it goes on once. */
export const redriveExecution: Operation = async (context, input) => {
  const { store, ground } = context;
  const entry = entryAt(store, textOf(input, 'executionArn'));
  const clientToken = optionalText(input, 'clientToken');
  if (clientToken !== undefined && entry.redriveToken === clientToken && entry.redrivenAt !== undefined)
    return { redriveDate: seconds(entry.redrivenAt) };
  if (machineAt(store, entry.revision.arn).status === 'DELETING')
    throw new AwsError('ExecutionNotRedrivable', `State machine is in DELETING status: '${entry.revision.arn}'`);
  const at = ground.scheduler.now();
  const { redriveStatusReason } = redriveState(entry, at);
  if (redriveStatusReason !== null) throw new AwsError('ExecutionNotRedrivable', `${redriveStatusReason}: '${entry.arn}'`);

  reopen(entry);
  const { live } = entry;
  if (!live) throw new Error(`Execution ${entry.arn} could not be opened again.`);
  live.ready = rise(context, entry, live).then(() => live.drive?.send({ kind: 'redriven', clientToken }));
  await live.ready;
  context.onStatusChange(statusChange(ground, entry, { input: live.input }));
  await live.drive?.idle();
  await ground.log.settled();
  return { redriveDate: seconds(entry.redrivenAt ?? at) };
};
