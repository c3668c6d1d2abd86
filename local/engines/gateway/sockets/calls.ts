import type { InvokeOutcome } from '../../../kernel/engine.ts';
import { accessLine } from '../access-log.ts';
import { executeArn, type GatewayGround } from '../ground.ts';
import { type Bucket, createBucket } from '../throttle.ts';
import type { SocketApi } from './api.ts';
import type { Connection } from './connection.ts';
import { type Kind, requestContext } from './event.ts';

/** What became of a call: the route's answer, or that there is no such route. */
export type Called = InvokeOutcome | undefined;

type Context = ReturnType<typeof requestContext>;

const statusOf = (outcome: Called): number => {
  if (!outcome) return 403;
  return outcome.ok ? Number((outcome.payload as { statusCode?: unknown } | null)?.statusCode ?? 200) : 500;
};

/** Hands what happens on connections to the functions of an API's routes. */
export const createCalls = (api: SocketApi, ground: GatewayGround) => {
  const { invoke, permits, complain, access, scheduler } = ground;
  const buckets = new Map<string, Bucket>();
  for (const [stage, { rate }] of api.stages) if (rate) buckets.set(stage, createBucket(rate));

  const log = (context: Context, outcome: Called): void => {
    const format = access && api.stages.get(context.stage)?.format;
    if (!format) return;
    access(
      context.stage,
      accessLine(format, { ...context, status: statusOf(outcome), requestTime: new Date(context.requestTimeEpoch).toISOString() }),
    );
  };
  const invoked = async (connection: Connection, routeKey: string, event: { requestContext: Context }): Promise<Called> => {
    const route = api.routes.get(routeKey);
    if (!route) return undefined;
    if (!permits(route.functionArn, executeArn(ground, `${api.id}/${connection.stage}/${routeKey}`))) {
      complain('API Gateway may not invoke the function of this route: the template has no permission for it', {
        function: route.functionArn,
        route: routeKey,
      });
      return { ok: false, error: 'Forbidden', cause: '' };
    }
    const outcome = await invoke(route.functionArn, event);
    if (!outcome.ok) complain('The function of this route failed', { route: routeKey, error: outcome.error, cause: outcome.cause });
    return outcome;
  };

  return {
    /** `more` stands beside the request's context in the event, `said` inside it. */
    call: async (connection: Connection, kind: Kind, routeKey: string, more: object, said: object = {}): Promise<Called> => {
      const { variables = {} } = api.stages.get(connection.stage) ?? {};
      const context = requestContext(ground, api.id, connection, kind, routeKey);
      const stageVariables = Object.keys(variables).length > 0 ? { stageVariables: variables } : {};
      const event = { requestContext: { ...context, ...said }, ...stageVariables, isBase64Encoded: false, ...more };
      const outcome = await invoked(connection, routeKey, event);
      log(context, outcome);
      return outcome;
    },
    /** Whether the stage's rate lets one more through. */
    admits: (stage: string): boolean => buckets.get(stage)?.(scheduler.now()) ?? true,
  };
};
