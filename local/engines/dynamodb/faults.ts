import { AwsError } from '../../kernel/aws-error.ts';

/** The exceptions that DynamoDB answers with; their texts are AWS's, so a message seen here can be looked up. */
export const invalid = (message: string): AwsError => new AwsError('ValidationException', message);

export const invalidParameter = (message: string): AwsError => invalid(`One or more parameter values were invalid: ${message}`);

/** What AWS's front door says of a member outside its model's constraints. */
export const constraint = (value: unknown, at: string, rule: string): AwsError => {
  const shown = value === undefined || value === null ? 'null' : `'${typeof value === 'object' ? JSON.stringify(value) : String(value)}'`;
  return invalid(`1 validation error detected: Value ${shown} at '${at}' failed to satisfy constraint: ${rule}`);
};

/** Members that are missing, all of them in one message. */
export const absent = (names: readonly string[]): AwsError => {
  const each = names.map((name) => `Value null at '${name}' failed to satisfy constraint: Member must not be null`).join('; ');
  return invalid(`${names.length} validation error${names.length > 1 ? 's' : ''} detected: ${each}`);
};

/** JSON of the wrong shape: a string where a map belongs, base64 that is none. */
export const unreadable = (message: string): AwsError => new AwsError('SerializationException', message);

export const noSuchTable = (): AwsError => new AwsError('ResourceNotFoundException', 'Requested resource not found');

export const conditionFailed = (extra: Record<string, unknown> = {}): AwsError =>
  new AwsError('ConditionalCheckFailedException', 'The conditional request failed', extra);
