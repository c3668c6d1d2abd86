import type { RestRoute } from '../protocols/rest.ts';

const text = (value: unknown): string | undefined => (value === undefined ? undefined : String(value));

/** The function's own words are the body; what Lambda says of them stands in headers. */
const invoked: RestRoute['answer'] = ({ StatusCode, FunctionError, LogResult, ExecutedVersion, Payload }) => {
  const headers = {
    'x-amz-function-error': text(FunctionError),
    'x-amz-log-result': text(LogResult),
    'x-amz-executed-version': text(ExecutedVersion),
  };
  const said = Object.entries(headers).filter((header): header is [string, string] => header[1] !== undefined);
  return {
    status: Number(StatusCode ?? 200),
    headers: Object.fromEntries(said),
    body: Buffer.from((Payload as Uint8Array | undefined) ?? ''),
  };
};

const nothing: RestRoute['answer'] = () => ({ body: Buffer.alloc(0) });

const on = (method: string, path: string, operation: string, more: Partial<RestRoute> = {}): RestRoute => ({
  service: 'lambda',
  method,
  path,
  operation,
  query: { Qualifier: 'Qualifier', Marker: 'Marker', MaxItems: 'MaxItems' },
  ...more,
});

const FUNCTION = '/2015-03-31/functions/{FunctionName}';
const MAPPINGS = '/2015-03-31/event-source-mappings';
const CONFIG = '/2019-09-25/functions/{FunctionName}/event-invoke-config';

export const lambdaRoutes: readonly RestRoute[] = [
  on('POST', `${FUNCTION}/invocations`, 'Invoke', {
    headers: { InvocationType: 'x-amz-invocation-type', LogType: 'x-amz-log-type', ClientContext: 'x-amz-client-context' },
    payload: 'Payload',
    answer: invoked,
  }),
  on('GET', '/2015-03-31/functions', 'ListFunctions'),
  on('GET', FUNCTION, 'GetFunction'),
  on('GET', `${FUNCTION}/configuration`, 'GetFunctionConfiguration'),
  on('PUT', `${FUNCTION}/configuration`, 'UpdateFunctionConfiguration'),
  on('GET', `${FUNCTION}/policy`, 'GetPolicy'),
  on('GET', `${FUNCTION}/versions`, 'ListVersionsByFunction'),
  on('GET', `${FUNCTION}/aliases`, 'ListAliases'),
  on('GET', '/2019-09-30/functions/{FunctionName}/concurrency', 'GetFunctionConcurrency'),
  on('PUT', '/2017-10-31/functions/{FunctionName}/concurrency', 'PutFunctionConcurrency'),
  on('DELETE', '/2017-10-31/functions/{FunctionName}/concurrency', 'DeleteFunctionConcurrency', { status: 204, answer: nothing }),
  on('GET', CONFIG, 'GetFunctionEventInvokeConfig'),
  on('GET', `${CONFIG}/list`, 'ListFunctionEventInvokeConfigs'),
  on('GET', MAPPINGS, 'ListEventSourceMappings', {
    query: { FunctionName: 'FunctionName', EventSourceArn: 'EventSourceArn', Marker: 'Marker', MaxItems: 'MaxItems' },
  }),
  on('GET', `${MAPPINGS}/{UUID}`, 'GetEventSourceMapping'),
  on('PUT', `${MAPPINGS}/{UUID}`, 'UpdateEventSourceMapping', { status: 202 }),
  on('GET', '/2016-08-19/account-settings', 'GetAccountSettings'),
];
