import { AwsError } from '../../kernel/aws-error.ts';
import type { Scheduler } from '../../kernel/scheduler.ts';
import type { Template } from '../../template/index.ts';
import { SPOKEN } from '../asked.ts';
import type { Caller } from '../caller.ts';
import { apiGateway, apiGatewayV2 } from './api-gateway.ts';
import { cloudFormation } from './cloudformation.ts';
import { iam } from './iam.ts';
import { type LineStore, logs } from './logs.ts';
import { sts } from './sts.ts';

/** What the services stand on that no engine runs: they read the template. */
export interface OwnGround {
  readonly template: Pick<Template, 'resources' | 'outputs' | 'exports' | 'ofType'>;
  readonly account: string;
  readonly region: string;
  readonly scheduler: Scheduler;
  /** ARNs of the template's roles. */
  readonly roles: ReadonlySet<string>;
  readonly lines: LineStore;
  readonly startedAt: Date;
}

type Output = Record<string, unknown>;
export type OwnService = (ground: OwnGround) => (operation: string, input: Record<string, unknown>, caller: Caller) => Output | undefined;

const SERVICES: Readonly<Record<string, OwnService>> = {
  apigateway: apiGateway,
  apigatewayv2: apiGatewayV2,
  cloudformation: cloudFormation,
  iam,
  logs,
  sts,
};

/** Read-only services and STS, by name. A role may not use them: no policy of the template speaks of them. */
export const ownServices = (ground: OwnGround) => {
  const served = new Map(Object.entries(SERVICES).map(([name, make]) => [name, make(ground)]));
  return (service: string): ((operation: string, input: Record<string, unknown>, caller: Caller) => Output) | undefined => {
    const serve = served.get(service);
    if (!serve) return undefined;
    return (operation, input, caller) => {
      if (!caller.outside && service !== 'sts') {
        const what = `${service.replace(/v2$/, '')}:${operation}`;
        throw new AwsError(
          'AccessDeniedException',
          `User: ${caller.shownAs} is not authorized to perform: ${what} because no policy of the template allows the ${what} action`,
        );
      }
      const output = serve(operation, input, caller);
      if (!output) throw new AwsError('UnknownOperationException', `${operation} of ${service} is not served here. ${SPOKEN}.`);
      return output;
    };
  };
};
