import type { Ground } from '../../kernel/engine.ts';
import type { Entry } from './entry.ts';

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

const INCLUDED = { included: true } as const;

export const statusChange = (
  { scheduler, account, region }: Ground,
  { arn, machine, started, inputText, ending }: Entry,
): StatusChange => ({
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
    stateMachineArn: machine.arn,
    stateMachineVersionArn: null,
    stateMachineAliasArn: null,
    name: started.name,
    status: ending?.status ?? 'RUNNING',
    startDate: started.at,
    stopDate: ending?.stoppedAt ?? null,
    redriveCount: 0,
    redriveDate: null,
    redriveStatus: ending && ending.status !== 'SUCCEEDED' ? 'REDRIVABLE' : 'NOT_REDRIVABLE',
    redriveStatusReason: null,
    input: inputText,
    inputDetails: INCLUDED,
    output: ending?.output ?? null,
    outputDetails: ending?.output === undefined ? null : INCLUDED,
    error: ending?.error ?? null,
    cause: ending?.cause ?? null,
  },
});
