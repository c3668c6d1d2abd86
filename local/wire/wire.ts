import { AwsError } from '../kernel/aws-error.ts';
import type { Call } from '../kernel/engine.ts';
import type { Scheduler } from '../kernel/scheduler.ts';
import { type Asked, SPOKEN } from './asked.ts';
import { callerOf } from './caller.ts';
import { awsError } from './errors.ts';
import { intruder } from './guard.ts';
import { restRefusal } from './protocols/rest.ts';
import { read } from './read.ts';
import { urlOf, type WireRequest, type WireResponse } from './request.ts';
import type { SocketStages } from './routes/connections.ts';
import { createLineStore, type LineStore } from './services/logs.ts';
import { type OwnGround, ownServices } from './services/own.ts';

export interface WireOptions {
  readonly call: Call;
  /** Who everybody out there is who shows no keys of AssumeRole. */
  readonly principal: string;
  readonly account: string;
  readonly region: string;
  readonly scheduler: Scheduler;
  readonly complain: (message: string, fields: Record<string, unknown>) => void;
  /** What the services read that no engine runs. */
  readonly template: OwnGround['template'];
  /** The WebSocket APIs, for `@connections`. */
  readonly sockets?: readonly SocketStages[];
  /** What functions said lately. */
  readonly lines?: LineStore;
}

const INDEX = `${SPOKEN}. Point an SDK or the AWS CLI here, for example:\n  aws --endpoint-url http://127.0.0.1:4566 events list-rules --event-bus-name swoe\ndocs/local.md is a tour.\n`;

const isIndex = (request: WireRequest): boolean => {
  const { pathname, search } = urlOf(request);
  return request.method === 'GET' && pathname === '/' && !search.has('Action') && !request.headers['authorization'];
};

/** The answer of a call was lost on purpose (`Faults`). */
const isLost = (error: unknown): boolean => (error as { code?: unknown } | undefined)?.code === 'ECONNRESET';

/**
 * The AWS endpoint: understands a request in its service's protocol, calls the port as whoever asks, answers in that protocol.
 * Rejects where the answer is lost: whoever asked is then hung up on, as by a broken connection.
 */
export const createWire = (options: WireOptions): ((request: WireRequest) => Promise<WireResponse>) => {
  const { call, principal, account, region, scheduler, complain, template, sockets = [] } = options;
  const roles = new Set(template.ofType('AWS::IAM::Role').map(({ ref, attributes }) => attributes['Arn'] ?? ref));
  const lines = options.lines ?? createLineStore(scheduler.now);
  const own = ownServices({ template, account, region, scheduler, roles, lines, startedAt: new Date(scheduler.now()) });

  const perform = async (request: WireRequest, { service, operation, input }: Asked): Promise<Record<string, unknown>> => {
    const asked = input();
    const caller = callerOf(request, principal, roles, scheduler.now());
    const serve = own(service);
    return serve ? serve(operation, asked, caller) : call(caller.arn, service, operation, asked);
  };

  return async (request) => {
    const requestId = scheduler.uuid();
    const why = intruder(request);
    if (why) return restRefusal(new AwsError('ForbiddenException', why), requestId);
    if (isIndex(request)) return { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: Buffer.from(INDEX) };
    const asked = read(request, sockets, region);
    try {
      return asked.answer(await perform(request, asked), requestId);
    } catch (error) {
      if (isLost(error)) throw error;
      const { service, operation } = asked;
      if (!(error instanceof AwsError))
        complain('A call over the wire failed', { service, operation, error: String((error as Error)?.stack ?? error) });
      return asked.refuse(awsError(error), requestId);
    }
  };
};
