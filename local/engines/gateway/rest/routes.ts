import type { Resource } from '../../../template/index.ts';

export interface Route {
  readonly method: string;
  /** In API Gateway's notation: `/orchestration/workflows/{name}`. */
  readonly path: string;
  readonly resourceId: string;
  readonly resource: Resource;
}

export type Found =
  | { route: Route; pathParameters: Record<string, string> | null }
  | { allowed: string[] }
  | { nearest: Route | undefined };

const segments = (path: string): string[] => path.split('/').filter(Boolean);

/** Full paths of an API's resources, by resource id. */
const pathsOf = (rootId: string, resources: readonly Resource[]): ReadonlyMap<string, string> => {
  const paths = new Map([[rootId, '']]);
  const waiting = new Set(resources);
  for (let before = -1; before !== waiting.size; ) {
    before = waiting.size;
    for (const resource of waiting) {
      const parent = paths.get(String(resource.properties['ParentId']));
      if (parent === undefined) continue;
      paths.set(resource.ref, `${parent}/${String(resource.properties['PathPart'])}`);
      waiting.delete(resource);
    }
  }
  return paths;
};

export const routesOf = (rootId: string, resources: readonly Resource[], methods: readonly Resource[]): Route[] => {
  const paths = pathsOf(rootId, resources);
  return methods.flatMap((resource) => {
    const resourceId = String(resource.properties['ResourceId']);
    const path = paths.get(resourceId);
    return path === undefined ? [] : [{ method: String(resource.properties['HttpMethod']), path: path || '/', resourceId, resource }];
  });
};

const isVariable = (part: string | undefined): boolean => part?.startsWith('{') ?? false;

/** Values of the variables if the path fits, `{name+}` taking the rest. */
const fit = (pattern: string, path: string): Record<string, string> | undefined => {
  const [wanted, given] = [segments(pattern), segments(path)];
  const values: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    if (/^\{.+\+\}$/.test(part)) return given.length > index ? { ...values, [part.slice(1, -2)]: given.slice(index).join('/') } : undefined;
    const value = given[index];
    if (value === undefined || (!isVariable(part) && part !== value)) return undefined;
    if (isVariable(part)) values[part.slice(1, -1)] = value;
  }
  return wanted.length === given.length ? values : undefined;
};

const variables = ({ path }: Route): number => segments(path).filter(isVariable).length;

/** Letters to change to make one text the other, in rows of Levenshtein's table. */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
};

/** The route for a request; or what the path allows; or, where nothing is, the route whose path looks most like it. */
export const find = (routes: readonly Route[], method: string, path: string): Found => {
  const fitting = routes.flatMap((route) => {
    const values = fit(route.path, path);
    return values ? [{ route, values }] : [];
  });
  const [best] = fitting
    .filter(({ route }) => route.method === method || route.method === 'ANY')
    .sort((a, b) => variables(a.route) - variables(b.route));
  if (best) return { route: best.route, pathParameters: Object.keys(best.values).length > 0 ? best.values : null };
  if (fitting.length > 0) return { allowed: [...new Set(fitting.map(({ route }) => route.method))].sort() };
  const short = path.slice(0, 200);
  const [nearest] = [...routes].sort((a, b) => distance(a.path, short) - distance(b.path, short));
  return { nearest };
};
