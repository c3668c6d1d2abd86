import type { Grant } from '../../local/port/index.ts';

/** Grants that AWS needs and nothing here can use, by the beginning of the action, and why each stands in the template. */
const BEYOND: readonly (readonly [action: string, why: string])[] = [
  ['logs:', 'Lambda and Step Functions write their own logs with it; here lines go to swoe.log'],
  ['xray:', 'traces are sent by the daemon beside the function; there is none here'],
  ['kms:DescribeKey', 'asked by DynamoDB of whoever uses a table under a customer managed key, as its documentation lists it'],
  ['kms:Encrypt', 'as kms:DescribeKey'],
  ['kms:ReEncrypt', 'as kms:DescribeKey'],
  ['kms:GenerateDataKey', 'as kms:DescribeKey; only senders to encrypted queues use it here'],
];

/** Why a grant that was never used may stand; undefined where it may not. */
export const beyond = ({ action }: Pick<Grant, 'action'>): string | undefined => BEYOND.find(([start]) => action.startsWith(start))?.[1];
