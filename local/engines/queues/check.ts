import { AwsError } from '../../kernel/aws-error.ts';

/** SQS's classic limit of a message and of a whole batch, in bytes. */
export const MAX_BYTES = 262_144;
const MAX_DELAY_SECONDS = 900;
/** Characters XML 1.0 has no place for, half surrogates among them. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u;

const invalid = (message: string): AwsError => new AwsError('InvalidParameterValue', message);

export const missing = (name: string): AwsError => new AwsError('MissingParameter', `The request must contain the parameter ${name}.`);

export const bodyOf = (value: unknown): string => {
  if (typeof value !== 'string' || value === '') throw missing('MessageBody');
  if (Buffer.byteLength(value) > MAX_BYTES)
    throw invalid(`One or more parameters are invalid. Reason: Message must be shorter than ${MAX_BYTES} bytes.`);
  if (FORBIDDEN.test(value)) throw new AwsError('InvalidMessageContents', 'Message contains characters outside the allowed set.');
  return value;
};

/** A whole number within bounds, or undefined where the request has none. */
export const numberOf = (value: unknown, name: string, low: number, high: number): number | undefined => {
  if (value === undefined || value === null) return undefined;
  const number = Number(value);
  if (!Number.isInteger(number) || number < low || number > high)
    throw invalid(`Value ${String(value)} for parameter ${name} is invalid. Reason: Must be between ${low} and ${high}, if provided.`);
  return number;
};

export const delayOf = (value: unknown): number | undefined => numberOf(value, 'DelaySeconds', 0, MAX_DELAY_SECONDS);
