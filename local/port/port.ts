import { AwsError } from '../kernel/aws-error.ts';
import type { Call, InvokeOutcome, Serve } from '../kernel/engine.ts';
import type { Faults } from '../kernel/faults.ts';
import type { Scheduler } from '../kernel/scheduler.ts';
import { createAsk } from './asking.ts';
import { type Denial, denialOf, denied } from './denial.ts';
import { cipherNeeds } from './encryption.ts';
import { createGrantBook, type Grant } from './grants.ts';
import { createGuards, type LivePolicy } from './guards.ts';
import type { Identity } from './identity-policies.ts';
import { callerContext, createLaw, serviceContext } from './law.ts';
import { withMishaps } from './mishaps.ts';
import { type Need, needsOf, type Places } from './needs.ts';
import { putAllowed } from './put-allowed.ts';
import type { ResourcePolicies } from './resource-policies.ts';
import { createVerdicts, type Refused } from './verdicts.ts';

/** Who calls from outside, over the wire: may do anything but what a resource's own policy forbids. */
export const localUser = (account: string): string => `arn:aws:iam::${account}:user/local`;

export interface PortOptions extends Places {
  readonly identities: ReadonlyMap<string, Identity>;
  readonly policies: ResourcePolicies;
  /** The key of each encrypted table and queue, by ARN. */
  readonly keys: ReadonlyMap<string, string>;
  readonly scheduler: Scheduler;
  readonly faults?: (() => Faults | undefined) | undefined;
  /** The engine behind a service; the service's whole name (`execute-api https://…`) is handed on. */
  readonly engine: (service: string) => Serve | undefined;
  /** Policies of resources that were changed at run time. */
  readonly live?: LivePolicy | undefined;
  /** Resolves in the next turn of the event loop. */
  readonly turn?: (() => Promise<void>) | undefined;
  readonly onDenied?: ((denial: Denial) => void) | undefined;
}

/** In process a call costs no turn of the event loop, so a function that calls for ever would keep its own timeout from firing. */
const CALLS_A_TURN = 256;

export interface Port {
  readonly call: Call;
  /** An invocation by a state machine's role; `run` is what does it. Rejects with AccessDeniedException where the role may not. */
  invoke(principal: string, functionArn: string, run: () => Promise<InvokeOutcome>): Promise<InvokeOutcome>;
  /** Whether a role may do this, by its own policies. Counts as a use of the grant. */
  may(principal: string, action: string, resource: string): boolean;
  /** What is missing where a role may not do this: an action and a resource, in one sentence. */
  lacks(principal: string, action: string, resource: string): string | undefined;
  /** May this service (`apigateway.amazonaws.com`), acting for `sourceArn`, do this? As the resource's own policy says. */
  permits(service: string, action: string, resource: string, sourceArn: string): boolean;
  grants(): Grant[];
}

/** The port between callers and engines: every call is weighed against the policies of the template, then handed on. */
export const createPort = (options: PortOptions): Port => {
  const { identities, policies, engine, account, region, scheduler } = options;
  const book = createGrantBook(identities);
  const heeded = new Set(
    [...identities.values()]
      .flatMap(({ statements, boundary = [] }) => [...statements, ...boundary])
      .concat(...policies.values())
      .flatMap(({ keys }) => keys),
  );
  const ask = createAsk(options, heeded, cipherNeeds(options.keys, options));
  const guards = createGuards(policies, options.live, (keys) => {
    const before = heeded.size;
    for (const key of keys) heeded.add(key);
    if (heeded.size > before) ask.forget();
  });
  const law = createLaw({ identities, guards, outside: localUser(account), use: book.use });
  const weigh = createVerdicts({
    guards,
    refusalOf: law.refusalOf,
    contextOf: (principal) => callerContext(principal, account, region, scheduler.now()),
    fleeting: () => heeded.has('aws:currenttime') || heeded.has('aws:epochtime'),
  });
  const mishaps = withMishaps({ scheduler, faults: options.faults ?? (() => undefined) });

  const refuse = (refused: Refused, service: string): never => {
    options.onDenied?.(denialOf(refused, identities.get(refused.request.principal)?.place));
    throw denied(refused, service);
  };
  /** The refusals of entries that fail alone, in their places; throws where the whole call fails. */
  const refusals = (principal: string, service: string, operation: string, input: Record<string, unknown>) => {
    let some: (Refused | undefined)[] | undefined;
    const needs = needsOf(operation, input, ask, service);
    for (let index = 0; index < needs.length; index += 1) {
      const refused = weigh(principal, needs[index] as Need);
      if (!refused) continue;
      if (operation !== 'PutEvents' || !refused.refusal.source) refuse(refused, service);
      some ??= new Array<Refused | undefined>(needs.length).fill(undefined);
      some[index] = refused;
    }
    return some;
  };

  const answer = async (principal: string, service: string, operation: string, input: Record<string, unknown>) => {
    const serve = engine(service);
    if (!serve) throw new AwsError('UnknownServiceException', `The local machine runs no service called ${service}`);
    const some = refusals(principal, service, operation, input);
    return some ? putAllowed(serve, input, some) : serve(operation, input);
  };

  let calls = 0;
  const call: Call = async (principal, service, operation, input) => {
    calls += 1;
    if (calls % CALLS_A_TURN === 0) await options.turn?.();
    return mishaps.call(service, operation, input, () => answer(principal, service, operation, input));
  };

  const invoke: Port['invoke'] = async (principal, functionArn, run) => {
    refusals(principal, 'lambda', 'Invoke', { FunctionName: functionArn });
    return mishaps.invoke(run);
  };
  const lacks: Port['lacks'] = (principal, action, resource) => {
    const refused = weigh(principal, ask.need(action, resource));
    return refused && `${refused.request.action} on ${refused.request.resource}`;
  };
  const permits: Port['permits'] = (service, action, resource, sourceArn) => {
    const context = serviceContext(service, sourceArn, account);
    const one = ({ action, resources, besides, context: own }: Need): boolean =>
      resources.some((resource) => law.permits({ principal: service, action, resource, context: { ...own, ...context } })) &&
      besides.every(one);
    return one(ask.need(action, resource));
  };

  return { call, invoke, lacks, permits, may: (...asked) => lacks(...asked) === undefined, grants: book.list };
};
