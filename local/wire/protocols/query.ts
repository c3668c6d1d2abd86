import { AwsError } from '../../kernel/aws-error.ts';
import { type Asked, bodyOf, SPOKEN } from '../asked.ts';
import { faultOf, queryName, statusOf } from '../errors.ts';
import { credentialOf, headerOf, urlOf, type WireRequest, type WireResponse } from '../request.ts';
import { sqsInput, sqsOutput } from './query-sqs.ts';
import { treeOf } from './query-tree.ts';
import { elements, type Lists } from './xml.ts';

interface Dialect {
  readonly service: string;
  readonly namespace: string;
  input?(tree: Record<string, unknown>, pathname: string): Record<string, unknown>;
  output?(output: Record<string, unknown>): Record<string, unknown>;
  readonly lists?: Lists;
}

/** Services of the query protocol by their API version, which every request names. */
const DIALECTS: Readonly<Record<string, Dialect>> = {
  '2012-11-05': { service: 'sqs', namespace: 'http://queue.amazonaws.com/doc/2012-11-05/', input: sqsInput, ...sqsOutput },
  '2011-06-15': { service: 'sts', namespace: 'https://sts.amazonaws.com/doc/2011-06-15/' },
  '2010-05-15': { service: 'cloudformation', namespace: 'http://cloudformation.amazonaws.com/doc/2010-05-15/' },
  '2010-05-08': { service: 'iam', namespace: 'https://iam.amazonaws.com/doc/2010-05-08/' },
};

const xml = (status: number, requestId: string, body: string): WireResponse => ({
  status,
  headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
  body: Buffer.from(`<?xml version="1.0"?>\n${body}`),
});

const FORM = 'application/x-www-form-urlencoded';

/** The form of a request: in its body, or behind the question mark. */
const formOf = (request: WireRequest): URLSearchParams => {
  const { search } = urlOf(request);
  const text = request.body?.toString('utf8') ?? '';
  const isForm = headerOf(request, 'content-type')?.startsWith(FORM) || text.startsWith('Action=');
  return isForm ? new URLSearchParams(text) : search;
};

/** The query protocol: a form in (`Action=SendMessage&Version=…&Entry.1.Id=…`), XML out. */
export const readQuery = (request: WireRequest): Asked | undefined => {
  const form = formOf(request);
  const action = form.get('Action');
  if (!action) return undefined;
  const dialect = DIALECTS[form.get('Version') ?? ''];
  const service = dialect?.service ?? credentialOf(request).service ?? 'unknown';
  const namespace = dialect ? ` xmlns="${dialect.namespace}"` : '';
  return {
    service,
    operation: action,
    input: () => {
      bodyOf(request);
      if (!dialect) throw new AwsError('InvalidAction', `${action} of ${service} is not served here. ${SPOKEN}.`);
      const { Action: _, Version: __, ...tree } = treeOf(form);
      return dialect.input?.(tree, urlOf(request).pathname) ?? tree;
    },
    answer: (output, requestId) => {
      const result = elements(dialect?.output?.(output) ?? output, dialect?.lists);
      const name = /^\w+$/.test(action) ? action : 'Unknown';
      const metadata = `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`;
      return xml(200, requestId, `<${name}Response${namespace}><${name}Result>${result}</${name}Result>${metadata}</${name}Response>`);
    },
    refuse: (error, requestId) => {
      const told = { Type: faultOf(error), Code: queryName(error.name), Message: error.message };
      return xml(
        statusOf(error),
        requestId,
        `<ErrorResponse${namespace}>${elements({ Error: told, RequestId: requestId })}</ErrorResponse>`,
      );
    },
  };
};
