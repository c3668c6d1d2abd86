import { createHash } from 'node:crypto';
import { AwsError } from '../kernel/aws-error.ts';
import { credentialOf, headerOf, urlOf, type WireRequest } from './request.ts';

/** Who calls: `arn` is whose policies count, `shownAs` what GetCallerIdentity says. */
export interface Caller {
  readonly arn: string;
  readonly shownAs: string;
  /** The local user, who may do anything but what a resource's own policy forbids. */
  readonly outside: boolean;
}

export interface Session {
  readonly role: string;
  readonly name: string;
  readonly expiresAt: number;
}

const KEY = 'ASIALOCAL';
const TOKEN = 'swoe.';

const digest = (session: Session, length: number): string =>
  createHash('sha256').update(JSON.stringify(session)).digest('hex').slice(0, length).toUpperCase();

/** Keys for a role. All that is known of the session stands in its token, so nothing need be remembered; nothing is secret here. */
export const temporaryKeys = (session: Session) => ({
  AccessKeyId: `${KEY}${digest(session, 11)}`,
  SecretAccessKey: `local/${digest(session, 34)}`,
  SessionToken: `${TOKEN}${Buffer.from(JSON.stringify(session)).toString('base64url')}`,
  Expiration: new Date(session.expiresAt),
});

const invalid = (): AwsError =>
  new AwsError(
    'UnrecognizedClientException',
    'The security token included in the request is invalid: set AWS_SESSION_TOKEN with the keys it came with',
  );

const sessionIn = (token: string): Session => {
  try {
    const { role, name, expiresAt } = JSON.parse(Buffer.from(token.slice(TOKEN.length), 'base64url').toString()) as Partial<Session>;
    if (typeof role === 'string' && typeof name === 'string' && typeof expiresAt === 'number') return { role, name, expiresAt };
  } catch {
    // told below
  }
  throw invalid();
};

/** Whoever shows keys of AssumeRole is that role; everybody else is the local user, whatever the keys. */
export const callerOf = (request: WireRequest, localUser: string, roles: ReadonlySet<string>, now: number): Caller => {
  const token = headerOf(request, 'x-amz-security-token') ?? urlOf(request).search.get('X-Amz-Security-Token') ?? '';
  const ours = credentialOf(request).accessKeyId?.startsWith(KEY);
  if (!token.startsWith(TOKEN)) {
    if (ours) throw invalid();
    return { arn: localUser, shownAs: localUser, outside: true };
  }
  const { role, name, expiresAt } = sessionIn(token);
  if (!roles.has(role)) throw invalid();
  if (expiresAt <= now)
    throw new AwsError('ExpiredTokenException', 'The security token included in the request is expired: assume the role again');
  const shownAs = `${role.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/${name}`;
  return { arn: role, shownAs, outside: false };
};
