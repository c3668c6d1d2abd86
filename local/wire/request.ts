export interface WireRequest {
  readonly method: string;
  /** With its query; `/` where it is left out. */
  readonly path?: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Undefined where it was larger than any service takes. */
  readonly body: Buffer | undefined;
}

export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** DynamoDB's limit on a request; no other service takes more. */
export const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** A header's first value; names in lower case. */
export const headerOf = ({ headers }: WireRequest, name: string): string | undefined => {
  const value = headers[name];
  return typeof value === 'string' ? value : value?.[0];
};

export const urlOf = ({ path = '/' }: WireRequest): { pathname: string; search: URLSearchParams } => {
  const [pathname = '/', ...rest] = path.split('?');
  return { pathname, search: new URLSearchParams(rest.join('?')) };
};

/** The service's signing name out of the credential scope (`key/20261122/us-east-1/sqs/aws4_request`), and whose key it is. */
export const credentialOf = (request: WireRequest): { accessKeyId?: string | undefined; service?: string | undefined } => {
  const header = /Credential=([^,\s]+)/.exec(headerOf(request, 'authorization') ?? '')?.[1];
  const [accessKeyId, , , service] = (header ?? urlOf(request).search.get('X-Amz-Credential') ?? '').split('/');
  return { accessKeyId: accessKeyId || undefined, service };
};
