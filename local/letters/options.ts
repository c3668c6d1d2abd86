import { readFile } from 'node:fs/promises';
import { SQSClient } from '@aws-sdk/client-sqs';
import { localAws } from '../../client/aws.ts';
import { openRest } from '../../client/http.ts';
import type { Rest } from '../../client/rest.ts';
import { BASE_PATH } from '../../shared/contracts/endpoints.ts';
import type { Role } from '../../shared/contracts/vocabulary.ts';
import { Refusal } from '../kernel/refusal.ts';
import { localToken } from '../tools/token.ts';

/** Where the command talks to; with `aws` the queues are those of the account and region that the environment names. */
export interface Where {
  readonly api: string;
  readonly endpoint: string;
  readonly aws: boolean;
  readonly stage: string;
  readonly json: boolean;
}

/** As a supervisor of the local run, or in another role; or whoever SWOE_TOKEN is. */
export const restOf = ({ api }: Where, role: Role = 'supervisor'): Rest =>
  openRest(api.replace(new RegExp(`${BASE_PATH}/?$`), ''), localToken(role));

export const sqsOf = ({ endpoint, aws }: Where): SQSClient => new SQSClient(aws ? {} : localAws(endpoint));

/** A mended event from a file. */
export const bodyIn = async (file: string | undefined): Promise<unknown> => {
  if (file === undefined) return undefined;
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new Refusal(`--body ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
};
