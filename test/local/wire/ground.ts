import type { Call } from '../../../local/kernel/engine.ts';
import { createVirtualScheduler } from '../../../local/kernel/virtual-scheduler.ts';
import type { Resource } from '../../../local/template/index.ts';
import { createLineStore, createWire } from '../../../local/wire/index.ts';

export const LOCAL = 'arn:aws:iam::000000000000:user/local';
export const ROLE = 'arn:aws:iam::000000000000:role/ingest';

const resource = (
  type: string,
  ref: string,
  properties: Record<string, unknown> = {},
  attributes: Record<string, string> = {},
): Resource => ({
  stack: 'app',
  logicalId: ref.replaceAll(/\W/g, ''),
  type: `AWS::${type}`,
  properties,
  ref,
  attributes,
});

const RESOURCES = [
  resource('IAM::Role', 'ingest', { AssumeRolePolicyDocument: { Statement: [] } }, { Arn: ROLE }),
  resource('IAM::ManagedPolicy', 'arn:policy/ingest', { Roles: ['ingest'], PolicyDocument: { Statement: [{ Action: 'sqs:*' }] } }),
  resource('Lambda::Function', 'trigger'),
  resource('ApiGateway::RestApi', 'rest', { Name: 'api', Tags: [{ Key: 'a', Value: 'b' }] }, { RootResourceId: 'root' }),
  resource('ApiGateway::Resource', 'status', { RestApiId: 'rest', ParentId: 'root', PathPart: 'status' }),
  resource('ApiGateway::Method', 'get', { RestApiId: 'rest', ResourceId: 'status', HttpMethod: 'GET' }),
];

const TEMPLATE = {
  resources: RESOURCES,
  outputs: { 'app.Url': 'https://x/?a=1&b=2' },
  exports: new Map([['app:Table', { stack: 'app', value: 'events' }]]),
  ofType: (...types: string[]) => RESOURCES.filter(({ type }) => types.includes(type)),
};

/** The endpoint before engines that answer what `call` says. */
export const openWire = (call: Call) => {
  const complaints: string[] = [];
  const scheduler = createVirtualScheduler({ start: Date.UTC(2026, 10, 22) });
  const lines = createLineStore(scheduler.now);
  const wire = createWire({
    call,
    principal: LOCAL,
    account: '000000000000',
    region: 'us-east-1',
    template: TEMPLATE,
    sockets: [{ id: 'ws', stages: new Set(['events']) }],
    scheduler,
    lines,
    complain: (message) => complaints.push(message),
  });
  const ask = async (method: string, path: string, headers: Record<string, string> = {}, body: string | undefined = '') => {
    const answer = await wire({ method, path, headers, body: body === undefined ? undefined : Buffer.from(body) });
    return { ...answer, text: answer.body.toString() };
  };
  return {
    wire,
    ask,
    scheduler,
    lines,
    complaints,
    post: (headers: Record<string, string>, body: string | undefined) =>
      wire({ method: 'POST', headers, body: body === undefined ? undefined : Buffer.from(body) }).then((answer) => ({
        ...answer,
        text: answer.body.toString(),
      })),
    form: (fields: Record<string, string>, headers: Record<string, string> = {}, path = '/') =>
      ask('POST', path, { 'content-type': 'application/x-www-form-urlencoded', ...headers }, new URLSearchParams(fields).toString()),
  };
};
