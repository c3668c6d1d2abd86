import type { Resource } from '../../../template/index.ts';
import type { Response } from './responses.ts';

interface IntegrationResponse {
  readonly StatusCode?: unknown;
  readonly SelectionPattern?: string;
  readonly ResponseParameters?: Readonly<Record<string, string>>;
  readonly ResponseTemplates?: Readonly<Record<string, string>>;
}

/** `{ statusCode: 204 }` or JSON: the status a request template asks for. */
const statusIn = (template: string | undefined): string => /"?statusCode"?\s*:\s*(\d{3})/.exec(template ?? '')?.[1] ?? '200';

const fixed = (value: string): string => value.replace(/^'|'$/g, '');

const headersOf = ({ ResponseParameters = {} }: IntegrationResponse): Record<string, string> =>
  Object.fromEntries(
    Object.entries(ResponseParameters).flatMap(([name, value]) => {
      const header = /^method\.response\.header\.(.+)$/.exec(name)?.[1];
      return header ? [[header.toLowerCase(), fixed(value)]] : [];
    }),
  );

const parts = (method: Resource) => {
  const { RequestTemplates = {}, IntegrationResponses = [] } = (method.properties['Integration'] ?? {}) as {
    RequestTemplates?: Record<string, string>;
    IntegrationResponses?: IntegrationResponse[];
  };
  return { template: RequestTemplates['application/json'], responses: IntegrationResponses };
};

/** Only what says the same to everybody can be run: no mapping template that computes. */
export const checkMock = (method: Resource): void => {
  const { template = '', responses } = parts(method);
  const all = [template, ...responses.flatMap(({ ResponseTemplates = {} }) => Object.values(ResponseTemplates))];
  const computing = all.find((text) => /#(?:set|if|foreach)|\$/.test(text));
  if (computing)
    throw new Error(
      `${method.stack}.${method.logicalId}: only MOCK integrations with fixed answers are run here, not "${computing.slice(0, 60)}"`,
    );
};

/** A MOCK integration's answer, as CORS preflights are made. */
export const mocked = (method: Resource, requestId: string): Response => {
  const { template, responses } = parts(method);
  const status = statusIn(template);
  const chosen =
    responses.find(({ SelectionPattern, StatusCode }) =>
      SelectionPattern ? new RegExp(`^(?:${SelectionPattern})$`).test(status) : String(StatusCode) === status,
    ) ?? responses[0];
  const body = chosen?.ResponseTemplates?.['application/json'] ?? '';
  return {
    status: Number(chosen?.StatusCode ?? status),
    headers: {
      ...(body ? { 'content-type': 'application/json' } : {}),
      'x-amzn-requestid': requestId,
      ...(chosen ? headersOf(chosen) : {}),
    },
    body: Buffer.from(body),
  };
};
