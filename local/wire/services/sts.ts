import { AwsError } from '../../kernel/aws-error.ts';
import { type Caller, temporaryKeys } from '../caller.ts';
import type { OwnGround, OwnService } from './own.ts';

const MIN_SECONDS = 900;
const MAX_SECONDS = 12 * 3600;

const secondsOf = (value: unknown): number => {
  const seconds = Number(value ?? 3600);
  if (!Number.isInteger(seconds) || seconds < MIN_SECONDS || seconds > MAX_SECONDS)
    throw new AwsError('ValidationError', `DurationSeconds must be between ${MIN_SECONDS} and ${MAX_SECONDS}`);
  return seconds;
};

const assumeRole = ({ roles, scheduler, account }: OwnGround, caller: Caller, input: Record<string, unknown>) => {
  const { RoleArn, RoleSessionName, DurationSeconds } = input;
  const arn = String(RoleArn);
  const refuse = (why: string) =>
    new AwsError('AccessDenied', `User: ${caller.shownAs} is not authorized to perform: sts:AssumeRole on resource: ${arn} because ${why}`);
  if (!caller.outside) throw refuse('only the local user takes on roles here');
  if (!roles.has(arn)) throw refuse('the template has no such role (aws iam list-roles shows those it has)');
  if (typeof RoleSessionName !== 'string' || !/^[\w+=,.@-]{2,64}$/.test(RoleSessionName))
    throw new AwsError('ValidationError', 'RoleSessionName must be 2 to 64 letters, digits or any of _+=,.@-');
  const seconds = secondsOf(DurationSeconds);
  const session = { role: arn, name: RoleSessionName, expiresAt: scheduler.now() + seconds * 1000 };
  return {
    Credentials: temporaryKeys(session),
    AssumedRoleUser: {
      AssumedRoleId: `AROALOCAL:${RoleSessionName}`,
      Arn: `arn:aws:sts::${account}:assumed-role/${arn.split('/').at(-1)}/${RoleSessionName}`,
    },
  };
};

/** Who one is, and becoming a role of the template: the only way to see over the wire what a role may not. */
export const sts: OwnService = (ground) => (operation, input, caller) => {
  switch (operation) {
    case 'GetCallerIdentity':
      return {
        Arn: caller.shownAs,
        UserId: caller.outside ? 'LOCAL' : `AROALOCAL:${caller.shownAs.split('/').at(-1)}`,
        Account: ground.account,
      };
    case 'AssumeRole':
      return assumeRole(ground, caller, input);
    default:
      return undefined;
  }
};
