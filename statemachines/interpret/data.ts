import { StateFailure } from './failure.ts';

/** A payload with its text: history shows the text, expressions read the value, and the size is measured once. */
export interface Data {
  readonly value: unknown;
  readonly json: string;
}

/** AWS's limit for inputs, outputs and results: 256 KiB of UTF-8. */
export const PAYLOAD_LIMIT = 262_144;

export const bytesOf = (json: string): number => Buffer.byteLength(json);

const tooLarge = (json: string): boolean =>
  json.length > PAYLOAD_LIMIT || (json.length * 3 > PAYLOAD_LIMIT && bytesOf(json) > PAYLOAD_LIMIT);

/** `what` is how the cause names the payload: `The state/task 'arn…' returned a result`. */
export const dataOf = (value: unknown, what: string): Data => {
  const json = JSON.stringify(value) ?? 'null';
  if (tooLarge(json))
    throw new StateFailure('States.DataLimitExceeded', `${what} with a size exceeding the maximum number of bytes service limit.`);
  return { value, json };
};
