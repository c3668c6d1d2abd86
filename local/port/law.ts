import type { Context } from './context.ts';
import type { Guards } from './guards.ts';
import type { Identity } from './identity-policies.ts';
import { judge } from './judge.ts';
import type { Request, Statement } from './statement.ts';

/** Why a request is refused, in AWS's words. */
export interface Refusal {
  readonly reason: string;
  /** A condition on `events:source` forbids it: such an entry fails alone. */
  readonly source: boolean;
}

export interface LawDeps {
  readonly identities: ReadonlyMap<string, Identity>;
  readonly guards: Guards;
  /** A caller from outside, whom no identity policy holds. */
  readonly outside: string;
  readonly use: (statement: Statement, action: string, resource: string) => void;
}

const no = (reason: string, source = false): Refusal => ({ reason, source });
const silent = (kind: string, { action }: Request): Refusal => no(`because no ${kind} policy allows the ${action} action`);

/** One request under all the policies that concern it, within one account, as IAM's reference words the evaluation. */
export const createLaw = ({ identities, guards, outside, use }: LawDeps) => {
  /** A key hands the decision to identity policies only where its own policy names the account; every other resource always does. */
  const needsDelegation = ({ action }: Request): boolean => action.startsWith('kms:');

  const byIdentity = (request: Request, identity: Identity | undefined, granted: boolean): Refusal | undefined => {
    const own = judge(identity?.statements ?? [], request);
    if (own.word === 'deny') return no('with an explicit deny in an identity-based policy');
    if (identity?.boundary) {
      const bound = judge(identity.boundary, request);
      if (bound.word === 'deny') return no('with an explicit deny in a permissions boundary');
      if (bound.word === 'silent') return no(`because no permissions boundary allows the ${request.action} action`);
    }
    if (own.word === 'allow') use(own.statement, own.action, own.resource);
    return own.word === 'allow' || granted ? undefined : silent('identity-based', request);
  };

  /** Undefined where the request is allowed. */
  const refusalOf = (request: Request): Refusal | undefined => {
    const statements = guards.of(request.resource);
    const guard = judge(statements, request);
    if (guard.word === 'deny')
      return no('with an explicit deny in a resource-based policy', guard.statement.keys.includes('events:source'));
    if (request.principal === outside) return undefined;
    if (guard.word === 'silent' && needsDelegation(request) && statements.length > 0) return silent('resource-based', request);
    return byIdentity(request, identities.get(request.principal), guard.word === 'allow' && !guard.delegated);
  };

  /** A service of AWS has no policies of its own: the resource must name it. */
  const permits = (request: Request): boolean => {
    const guard = judge(guards.of(request.resource), request);
    return guard.word === 'allow' && !guard.delegated;
  };

  return { refusalOf, permits };
};

/** What every request tells policies of its caller. */
export const callerContext = (principal: string, account: string, region: string, now: number): Context => {
  const user = /:user\/(?:.*\/)?([^/]+)$/.exec(principal)?.[1];
  return {
    'aws:principalarn': principal,
    'aws:principalaccount': account,
    'aws:principaltype': user ? 'User' : 'AssumedRole',
    'aws:principalisawsservice': 'false',
    'aws:resourceaccount': account,
    'aws:requestedregion': region,
    'aws:securetransport': 'true',
    'aws:sourceip': '127.0.0.1',
    'aws:viaawsservice': 'false',
    'aws:username': user,
    'aws:currenttime': new Date(now).toISOString(),
    'aws:epochtime': String(Math.floor(now / 1000)),
  };
};

/** What a request of one of AWS's services tells, acting for `sourceArn`. */
export const serviceContext = (service: string, sourceArn: string, account: string): Context => ({
  'aws:sourcearn': sourceArn,
  'aws:sourceaccount': account,
  'aws:principalisawsservice': 'true',
  'aws:principalservicename': service,
  'aws:resourceaccount': account,
  'aws:securetransport': 'true',
});
