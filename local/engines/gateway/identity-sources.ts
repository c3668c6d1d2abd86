import { header, type Pairs } from './headers.ts';

export interface Asking {
  readonly headers: Pairs;
  readonly query: Pairs;
  /** The stage's variables. */
  readonly variables?: Readonly<Record<string, string>>;
  /** The request's context, by `$context`'s names. */
  readonly context?: object;
}

type Source = (asking: Asking) => string | undefined;

const inside = (context: object | undefined, path: string): string | undefined => {
  const value = path.split('.').reduce<unknown>((node, name) => (node as Record<string, unknown> | undefined)?.[name], context);
  return value === undefined || value === null ? undefined : String(value);
};

const sourceOf = (text: string): Source => {
  const [, where, name = ''] = /^(?:method|route)\.request\.(header|querystring)\.(.+)$/.exec(text) ?? [];
  if (where === 'header') return ({ headers }) => header(headers, name);
  if (where === 'querystring') return ({ query }) => query.find(([given]) => given === name)?.[1];
  const [, kind, path = ''] = /^(stageVariables|context)\.(.+)$/.exec(text) ?? [];
  if (kind === 'stageVariables') return ({ variables }) => variables?.[path];
  if (kind === 'context') return ({ context }) => inside(context, path);
  throw new Error(`the identity source ${text} is none that is run here`);
};

/** REST writes `method.request.header.X` joined by commas, WebSocket a list of `route.request.header.X`. */
export const identitySources = (value: unknown): Source[] =>
  (Array.isArray(value) ? value.map(String) : String(value ?? '').split(','))
    .map((text) => text.trim().replace(/^\$/, ''))
    .filter((text) => text !== '')
    .map(sourceOf);
