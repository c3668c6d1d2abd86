import type { Endpoint } from '../../shared/contracts/endpoint.ts';
import { BASE_PATH, endpoints } from '../../shared/contracts/endpoints.ts';

export type AnyEndpoint = (typeof endpoints)[number];

export interface Hit {
  endpoint: AnyEndpoint;
  params: Record<string, string>;
}

export type Found = Hit | { allow: string } | undefined;

/** The stage is part of the public path and missing from what API Gateway calls the path. */
const PREFIXES = [BASE_PATH, BASE_PATH.replace(/^\/api/, '')];

const below = (path: string): string | undefined => {
  const prefix = PREFIXES.find((candidate) => path === candidate || path.startsWith(`${candidate}/`));
  return prefix === undefined ? undefined : path.slice(prefix.length).replace(/\/$/, '');
};

const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

/** The values of `{name}` where the path fits the template; undefined where it does not. */
const fit = (template: string, path: string): Record<string, string> | undefined => {
  const [want, have] = [template.split('/'), path.split('/')];
  if (want.length !== have.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of want.entries()) {
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    const segment = have[index] ?? '';
    if (name && segment) params[name] = decoded(segment);
    else if (part !== segment) return undefined;
  }
  return params;
};

/** What API Gateway found itself: the resource's template and its parameters. */
interface Resource {
  resource?: string | undefined;
  pathParameters?: Record<string, string | undefined> | null | undefined;
}

const byResource = (method: string, { resource, pathParameters }: Resource): Hit | undefined => {
  const template = below(resource ?? '');
  const endpoint = endpoints.find((candidate) => candidate.method === method && candidate.path === template);
  if (!endpoint) return undefined;
  return {
    endpoint,
    params: Object.fromEntries(Object.entries(pathParameters ?? {}).map(([name, value]) => [name, decoded(value ?? '')])),
  };
};

const byPath = (method: string, path: string): Found => {
  const wanted = below(path);
  if (wanted === undefined) return undefined;
  const fits = endpoints.flatMap((endpoint: AnyEndpoint) => {
    const params = fit(endpoint.path, wanted);
    return params ? [{ endpoint, params }] : [];
  });
  const hit = fits.find(({ endpoint }) => endpoint.method === method);
  if (hit) return hit;
  return fits.length > 0 ? { allow: fits.map(({ endpoint }) => endpoint.method).join(', ') } : undefined;
};

/** The endpoint for a request; where only the method is wrong, the methods that would do. */
export const find = (method: string, path: string, resource: Resource = {}): Found => byResource(method, resource) ?? byPath(method, path);

export const everyPath = (list: readonly Endpoint[] = endpoints): string =>
  list.map(({ method, path }) => `${method} ${BASE_PATH}${path}`).join(', ');
