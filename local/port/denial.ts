import { AwsError } from '../kernel/aws-error.ts';
import type { Refused } from './verdicts.ts';

/** A refused call as the log tells it: who, and the statement that would let it through. */
export interface Denial {
  readonly principal: string;
  /** The role's place in the template, `<stack>.<logical id>`. */
  readonly role: string | undefined;
  readonly action: string;
  readonly resource: string;
  /** What to add to the role's policy; absent where something forbids it outright. */
  readonly add: { readonly Effect: 'Allow'; readonly Action: string; readonly Resource: string } | undefined;
}

/** A role calls as a session of itself; here the session bears the role's name. */
const caller = (principal: string): string =>
  principal.replace(/^arn:aws:iam::(\d+):role\/(?:.*\/)?([^/]+)$/, 'arn:aws:sts::$1:assumed-role/$2/$2');

/** As AWS words it. SQS has a name of its own for a key that may not be used. */
export const denied = ({ request: { principal, action, resource }, refusal }: Refused, service: string): AwsError =>
  new AwsError(
    service === 'sqs' && action.startsWith('kms:') ? 'KmsAccessDenied' : 'AccessDeniedException',
    `User: ${caller(principal)} is not authorized to perform: ${action} on resource: ${resource} ${refusal.reason}`,
  );

export const denialOf = ({ request: { principal, action, resource }, refusal }: Refused, role: string | undefined): Denial => ({
  principal,
  role,
  action,
  resource,
  add: refusal.reason.startsWith('because no identity-based') ? { Effect: 'Allow', Action: action, Resource: resource } : undefined,
});
