import { AwsError } from '../../kernel/aws-error.ts';
import { binaryOf, type MessageAttributes } from './message.ts';

/** SQS's limit of a message (where its queue sets none lower) and of a whole batch: 1 MiB since August 2025. */
export const MAX_BYTES = 1_048_576;
const MAX_DELAY_SECONDS = 900;
const MAX_ATTRIBUTES = 10;
/** Characters XML 1.0 has no place for, half surrogates among them. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u;
const ATTRIBUTE_NAME = /^(?!(?:aws|amazon)\.)(?!\.)(?!.*\.\.)[\w.-]{1,256}(?<!\.)$/i;
const ATTRIBUTE_TYPE = /^(String|Number|Binary)(\..+)?$/;
const GROUP_ID = /^[\w!"#$%&'()*+,\-./:;<=>?@[\\\]^`{|}~]{1,128}$/;

const invalid = (message: string): AwsError => new AwsError('InvalidParameterValue', message);

export const missing = (name: string): AwsError => new AwsError('MissingParameter', `The request must contain the parameter ${name}.`);

const checkAttribute = (name: string, { DataType, StringValue, BinaryValue }: MessageAttributes[string]): void => {
  if (!ATTRIBUTE_NAME.test(name))
    throw invalid(
      `Message attribute name '${name}' is not valid: letters, digits, '_', '-' and single inner '.' only, and no AWS. or Amazon. prefix.`,
    );
  const kind = ATTRIBUTE_TYPE.exec(DataType ?? '')?.[1];
  if (!DataType) throw invalid(`The message attribute '${name}' must contain non-empty message attribute type.`);
  if (!kind)
    throw invalid(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  const value = kind === 'Binary' ? BinaryValue : StringValue;
  if (value === undefined || value.length === 0)
    throw invalid(
      `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${DataType}'.`,
    );
  if (kind === 'Number' && !Number.isFinite(Number(value)))
    throw invalid(`Can't cast the value of message (user) attribute '${name}' to a number.`);
};

export const attributesOf = (value: unknown): MessageAttributes | undefined => {
  if (value === undefined || value === null) return undefined;
  const attributes = value as MessageAttributes;
  const names = Object.keys(attributes);
  if (names.length > MAX_ATTRIBUTES)
    throw invalid(`Number of message attributes [${names.length}] exceeds the allowed maximum [${MAX_ATTRIBUTES}].`);
  for (const name of names) checkAttribute(name, attributes[name] ?? { DataType: '' });
  return names.length === 0 ? undefined : attributes;
};

/** What SQS counts of a message: its body, and name, type and value of each attribute. */
export const sizeOf = (body: unknown, attributes: unknown): number => {
  let bytes = typeof body === 'string' ? Buffer.byteLength(body) : 0;
  for (const [name, { DataType = '', StringValue, BinaryValue }] of Object.entries((attributes ?? {}) as MessageAttributes))
    bytes +=
      Buffer.byteLength(name) +
      Buffer.byteLength(DataType) +
      (StringValue === undefined ? binaryOf(BinaryValue).length : Buffer.byteLength(StringValue));
  return bytes;
};

export const bodyOf = (value: unknown, attributes: unknown, maxBytes: number): string => {
  if (typeof value !== 'string' || value === '') throw missing('MessageBody');
  if (sizeOf(value, attributes) > maxBytes)
    throw invalid(`One or more parameters are invalid. Reason: Message must be shorter than ${maxBytes} bytes.`);
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

/** `MessageGroupId` or `MessageDeduplicationId`. */
export const idOf = (value: unknown, name: string): string | undefined => {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string' || !GROUP_ID.test(value))
    throw invalid(
      `Value ${String(value)} for parameter ${name} is invalid. Reason: ${name} can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
    );
  return value;
};
