import { AwsError } from '../../kernel/aws-error.ts';
import type { Ground } from '../../kernel/engine.ts';

/** ARNs and names as Step Functions makes and checks them. */

const partitionOf = (region: string): string => (region.startsWith('us-gov-') ? 'aws-us-gov' : region.startsWith('cn-') ? 'aws-cn' : 'aws');

export const machineArn = ({ region, account }: Ground, name: string): string =>
  `arn:${partitionOf(region)}:states:${region}:${account}:stateMachine:${name}`;

export const executionArn = (stateMachineArn: string, name: string): string =>
  `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;

export const functionArn = ({ region, account }: Ground, name: string): string =>
  name.startsWith('arn:') ? name : `arn:${partitionOf(region)}:lambda:${region}:${account}:function:${name}`;

// biome-ignore lint/suspicious/noControlCharactersInRegex: AWS forbids them by name
const FORBIDDEN = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]/;

/** Throws InvalidName where AWS does: 1 to 80 characters, without spaces, brackets, wildcards and control characters. */
export const checkName = (name: string): void => {
  if (name.length < 1 || name.length > 80 || FORBIDDEN.test(name)) throw new AwsError('InvalidName', `Invalid Name: '${name}'`);
};

/** A member of the request that must be a string. */
export const textOf = (input: Record<string, unknown>, member: string): string => {
  const value = input[member];
  if (typeof value === 'string') return value;
  throw new AwsError(
    'ValidationException',
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must not be null`,
  );
};

export const optionalText = (input: Record<string, unknown>, member: string): string | undefined =>
  input[member] === undefined || input[member] === null ? undefined : textOf(input, member);

const LONGEST: Readonly<Record<string, number>> = { error: 256, cause: 32_768 };

/** The error name and cause of a request, as long as AWS takes them. */
export const faultIn = (input: Record<string, unknown>): { error?: string; cause?: string } => {
  for (const [member, most] of Object.entries(LONGEST)) {
    if ((optionalText(input, member) ?? '').length <= most) continue;
    const constraint = `Member must have length less than or equal to ${most}`;
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value at '${member}' failed to satisfy constraint: ${constraint}`,
    );
  }
  return { error: optionalText(input, 'error'), cause: optionalText(input, 'cause') };
};

/** Timestamps on the wire are seconds. */
export const seconds = (ms: number): number => ms / 1000;
