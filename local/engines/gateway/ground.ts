import type { Ground, Invoke } from '../../kernel/engine.ts';

/** What both kinds of API stand on. */
export interface GatewayGround extends Pick<Ground, 'scheduler' | 'region' | 'account' | 'meter'> {
  readonly invoke: Invoke;
  /** Whether the function's own policy lets API Gateway invoke it for this route (AWS::Lambda::Permission). */
  readonly permits: (functionArn: string, sourceArn: string) => boolean;
  /** Told what callers are not: why an invocation could not be made or answered. */
  readonly complain: (message: string, fields: Record<string, unknown>) => void;
  /** Told of each request to a stage that keeps an access log. */
  readonly access?: (stage: string, line: object) => void;
}

/** `arn:aws:apigateway:…:lambda:path/2015-03-31/functions/<arn>/invocations` → the function's ARN. */
export const functionOf = (uri: unknown): string | undefined => /\/functions\/(arn:[^/]+)\/invocations$/.exec(String(uri))?.[1];

export const executeArn = ({ region, account }: Pick<Ground, 'region' | 'account'>, rest: string): string =>
  `arn:aws:execute-api:${region}:${account}:${rest}`;
