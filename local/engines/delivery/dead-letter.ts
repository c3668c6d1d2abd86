import { errorCode } from './retry.ts';

export interface DeadLetter {
  readonly error: Error;
  readonly condition: string;
  readonly retries: number;
  /** `RULE_ARN` or `SCHEDULE_ARN`, with its value. */
  readonly origin: readonly [name: string, arn: string];
  readonly targetArn: string;
}

const MAX_TEXT = 1_024;

const text = (StringValue: string) => ({ DataType: 'String', StringValue });

/** What AWS writes on a dead letter. */
export const deadLetterAttributes = ({ error, condition, retries, origin: [name, arn], targetArn }: DeadLetter) => ({
  ERROR_CODE: text(errorCode(error)),
  ERROR_MESSAGE: text((error.message || error.name).slice(0, MAX_TEXT)),
  EXHAUSTED_RETRY_CONDITION: text(condition),
  RETRY_ATTEMPTS: text(String(Math.max(0, retries))),
  [name]: text(arn),
  TARGET_ARN: text(targetArn),
});
