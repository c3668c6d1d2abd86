import type { Ground } from '../../kernel/engine.ts';
import type { Entry, Outcome } from './entry.ts';
import { redriveState } from './redrivable.ts';

/** The event that Step Functions puts on the default bus when an execution's status changes. */
export interface StatusChange {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': 'Step Functions Execution Status Change';
  readonly source: 'aws.states';
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: string[];
  readonly detail: Record<string, unknown>;
}

/** An event takes 256 KB in all; AWS leaves input and output out where together they are over 248 KB of it. */
const ROOM = 248 * 1024;

const shown = (name: 'input' | 'output', text: string | undefined, fits: boolean): Record<string, unknown> => ({
  [name]: fits ? (text ?? null) : null,
  [`${name}Details`]: text === undefined ? null : { included: fits },
});

export const statusChange = (
  { scheduler, account, region }: Ground,
  entry: Entry,
  { input, output, error, cause }: Outcome & { input: string },
): StatusChange => {
  const { arn, revision, birth, ending, redrives, redrivenAt } = entry;
  const fits = Buffer.byteLength(input) + Buffer.byteLength(output ?? '') <= ROOM;
  return {
    version: '0',
    id: scheduler.uuid(),
    'detail-type': 'Step Functions Execution Status Change',
    source: 'aws.states',
    account,
    time: `${new Date(scheduler.now()).toISOString().slice(0, 19)}Z`,
    region,
    resources: [arn],
    detail: {
      executionArn: arn,
      stateMachineArn: revision.arn,
      stateMachineVersionArn: birth.versionArn ?? null,
      stateMachineAliasArn: birth.aliasArn ?? null,
      name: birth.name,
      status: ending?.status ?? 'RUNNING',
      startDate: birth.at,
      stopDate: ending?.stoppedAt ?? null,
      redriveCount: redrives,
      redriveDate: redrivenAt ?? null,
      ...redriveState(entry, scheduler.now()),
      ...shown('input', input, fits),
      ...shown('output', output, fits),
      error: error ?? null,
      cause: cause ?? null,
    },
  };
};
