import { AwsError } from '../kernel/aws-error.ts';
import type { Call, Serve } from '../kernel/engine.ts';
import { createGrantBook, type Grant } from './grants.ts';
import { judge } from './judge.ts';
import { type Need, needsOf, type Places } from './needs.ts';
import type { ResourcePolicies } from './resource-policies.ts';
import type { Request, Statement } from './statement.ts';

/** Who calls from outside, over the wire: may do anything but what a resource's own policy forbids. */
export const localUser = (account: string): string => `arn:aws:iam::${account}:user/local`;

export interface PortOptions extends Places {
  readonly identities: ReadonlyMap<string, readonly Statement[]>;
  readonly guards: ResourcePolicies;
  /** The engine behind a service; the service's whole name (`execute-api https://…`) is handed on. */
  readonly engine: (service: string) => Serve | undefined;
  /** Resolves in the next turn of the event loop. */
  readonly turn?: () => Promise<void>;
}

/** In process a call costs no turn of the event loop, so a function that calls for ever would keep its own timeout from firing. */
const CALLS_A_TURN = 256;

export interface Port {
  readonly call: Call;
  /** Throws AccessDeniedException where the principal may not make this call. */
  check(principal: string, service: string, operation: string, input: Record<string, unknown>): void;
  /** Whether a role may do this, by its own policies. Counts as a use of the grant. */
  may(principal: string, action: string, resource: string): boolean;
  /** May this service (`apigateway.amazonaws.com`), acting for `sourceArn`, do this? As the resource's own policy says. */
  permits(service: string, action: string, resource: string, sourceArn: string): boolean;
  grants(): Grant[];
}

type Refusal = { reason: string; source: boolean };

const denied = ({ principal, action, resource }: Request, reason: string): AwsError =>
  new AwsError(
    'AccessDeniedException',
    `User: ${principal} is not authorized to perform: ${action} on resource: ${resource} because ${reason}`,
  );

/** The port between callers and engines: every call is weighed against the policies of the template, then handed on. */
export const createPort = (options: PortOptions): Port => {
  const { identities, guards, engine, account } = options;
  const book = createGrantBook(identities);
  const outside = localUser(account);

  const refusalOf = (request: Request): Refusal | undefined => {
    const guard = judge(guards.get(request.resource) ?? [], request);
    if (guard.word === 'deny') {
      return { reason: 'the policy of the resource forbids it', source: guard.statement.condition.keys.includes('events:source') };
    }
    if (request.principal === outside) return undefined;
    const own = judge(identities.get(request.principal) ?? [], request);
    if (own.word === 'deny') return { reason: 'an identity-based policy forbids it', source: false };
    if (own.word === 'allow') book.use(own.statement, own.action, own.resource);
    else if (guard.word === 'silent') return { reason: `no policy of the template allows the ${request.action} action`, source: false };
    return undefined;
  };
  const requestOf = (principal: string, { action, context }: Need, resource: string): Request => ({
    principal,
    action,
    resource,
    context: { 'aws:principalarn': principal, 'aws:principalaccount': account, 'aws:securetransport': 'true', ...context },
  });
  /** Why a need is refused on every resource that would do, or undefined. */
  const weigh = (principal: string, need: Need): { request: Request; refusal: Refusal } | undefined => {
    let first: { request: Request; refusal: Refusal } | undefined;
    for (const resource of need.resources) {
      const request = requestOf(principal, need, resource);
      const refusal = refusalOf(request);
      if (!refusal) return undefined;
      first ??= { request, refusal };
    }
    return first;
  };

  let calls = 0;
  const call: Call = async (principal, service, operation, input) => {
    calls += 1;
    if (calls % CALLS_A_TURN === 0) await options.turn?.();
    const serve = engine(service);
    if (!serve) throw new AwsError('UnknownServiceException', `The local machine runs no service called ${service}`);
    const refusals = needsOf(service, operation, input, options).map((need) => weigh(principal, need));
    for (const refused of refusals) {
      if (refused && !(operation === 'PutEvents' && refused.refusal.source)) throw denied(refused.request, refused.refusal.reason);
    }
    return refusals.some(Boolean) ? putAllowed(serve, input, refusals) : serve(operation, input);
  };

  const check: Port['check'] = (principal, service, operation, input) => {
    for (const need of needsOf(service, operation, input, options)) {
      const refused = weigh(principal, need);
      if (refused) throw denied(refused.request, refused.refusal.reason);
    }
  };
  const may: Port['may'] = (principal, action, resource) => !weigh(principal, { action, resources: [resource], context: {} });
  const permits: Port['permits'] = (service, action, resource, sourceArn) =>
    judge(guards.get(resource) ?? [], {
      principal: service,
      action,
      resource,
      context: { 'aws:sourcearn': sourceArn, 'aws:sourceaccount': account },
    }).word === 'allow';

  return { call, check, may, permits, grants: book.list };
};

/** As EventBridge does: an entry whose source the bus forbids to this caller fails alone, the others go on. */
const putAllowed = async (serve: Serve, input: Record<string, unknown>, refusals: readonly unknown[]): Promise<Record<string, unknown>> => {
  const entries = input['Entries'] as { Source?: unknown }[];
  const allowed = entries.filter((_entry, index) => !refusals[index]);
  const answer = allowed.length > 0 ? await serve('PutEvents', { ...input, Entries: allowed }) : { FailedEntryCount: 0, Entries: [] };
  const results = [...(answer['Entries'] as unknown[])];
  const Entries = entries.map((entry, index) =>
    refusals[index]
      ? {
          ErrorCode: 'NotAuthorizedForSourceException',
          ErrorMessage: `Not authorized to put events with the source ${String(entry.Source)} on this bus.`,
        }
      : results.shift(),
  );
  return { ...answer, FailedEntryCount: Number(answer['FailedEntryCount'] ?? 0) + entries.length - allowed.length, Entries };
};
