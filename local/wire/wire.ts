import { crc32 } from 'node:zlib';
import { AwsError } from '../kernel/aws-error.ts';
import type { Call } from '../kernel/engine.ts';
import type { Scheduler } from '../kernel/scheduler.ts';
import { wireError } from './errors.ts';
import { encode, parseBody, SPOKEN, type Target, targetOf } from './protocol.ts';
import { callerIdentity, queryAction, queryError } from './sts.ts';

export interface WireRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Undefined where it was larger than any service takes. */
  readonly body: Buffer | undefined;
}

export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface WireOptions {
  readonly call: Call;
  /** Who everybody out there is. */
  readonly principal: string;
  readonly account: string;
  readonly scheduler: Scheduler;
  readonly complain: (message: string, fields: Record<string, unknown>) => void;
}

/** DynamoDB's limit on a request; no other service takes more. */
export const MAX_BODY_BYTES = 16 * 1024 * 1024;

const text = (value: string | readonly string[] | undefined): string | undefined => (typeof value === 'string' ? value : value?.[0]);

const INDEX = `${SPOKEN}. Point an SDK or the AWS CLI here, for example:\n  aws --endpoint-url http://127.0.0.1:4566 events list-rules --event-bus-name swoe\n`;

/** The AWS endpoint: reads a request of AWS's JSON protocols, calls the port as the local user, answers in the protocol's words. */
export const createWire = ({
  call,
  principal,
  account,
  scheduler,
  complain,
}: WireOptions): ((request: WireRequest) => Promise<WireResponse>) => {
  const json = (status: number, contentType: string, headers: Readonly<Record<string, string>>, output: unknown): WireResponse => {
    const body = Buffer.from(encode(output));
    return {
      status,
      headers: { 'content-type': contentType, 'x-amzn-requestid': scheduler.uuid(), 'x-amz-crc32': String(crc32(body)), ...headers },
      body,
    };
  };
  const xml = (status: number, make: (requestId: string) => string): WireResponse => {
    const requestId = scheduler.uuid();
    return { status, headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId }, body: Buffer.from(make(requestId)) };
  };

  const failed = (error: unknown, { service, contentType, operation }: Target): WireResponse => {
    const { status, headers, body } = wireError(error, service);
    if (!(error instanceof AwsError))
      complain('A call over the wire failed', { service, operation, error: String((error as Error)?.stack ?? error) });
    return json(status, contentType, headers, body);
  };
  const serve = async (target: Target, body: Buffer | undefined): Promise<WireResponse> => {
    try {
      if (!body) throw new AwsError('RequestEntityTooLargeException', `A request may have ${MAX_BODY_BYTES / 1024 / 1024} MB`);
      return json(200, target.contentType, {}, await call(principal, target.service, target.operation, parseBody(body)));
    } catch (error) {
      return failed(error, target);
    }
  };
  const other = (header: string | undefined, body: Buffer): WireResponse => {
    if (header) {
      return json(
        400,
        'application/x-amz-json-1.0',
        { 'x-amzn-errortype': 'UnknownOperationException' },
        { __type: 'UnknownOperationException', message: `${header} is not served here. ${SPOKEN}.` },
      );
    }
    const action = queryAction(body);
    if (action === 'GetCallerIdentity') return xml(200, (requestId) => callerIdentity(principal, account, requestId));
    const mend = 'for SQS that means the JSON protocol: the AWS CLI from 2.13.30 or 1.29.80, or an SDK of 2024 or later';
    return xml(400, (requestId) =>
      queryError('InvalidAction', `${action ?? 'This request'} is not served here. ${SPOKEN}; ${mend}.`, requestId),
    );
  };

  return async ({ method, headers, body }) => {
    if (method === 'GET') return { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: Buffer.from(INDEX) };
    const header = text(headers['x-amz-target']);
    const target = targetOf(header);
    return target ? serve(target, body) : other(header, body ?? Buffer.alloc(0));
  };
};
