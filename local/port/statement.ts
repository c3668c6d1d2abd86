import { type Condition, type Context, compileCondition } from './condition.ts';
import { principalMatcher } from './principal.ts';
import { type Matcher, variablesIn, wildcard } from './wildcard.ts';

export interface Request {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
}

export interface Fit {
  /** The patterns that fit, as they are written. */
  readonly action: string;
  readonly resource: string;
  /** It names the caller's whole account: that account's own policies decide. */
  readonly delegated: boolean;
}

export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly sid: string | undefined;
  /** The condition keys it looks at, in lower case. */
  readonly keys: readonly string[];
  readonly condition: Condition;
  /** Patterns of actions and resources as they are written, for the record of what was used. */
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** What fits, all but the condition. */
  touches(request: Request): Fit | undefined;
}

interface Pattern {
  readonly text: string;
  readonly matches: Matcher;
}

/** The services whose calls come through the port; what a policy says of others (logs, X-Ray) is kept for the record and never asked. */
const SERVED = ['dynamodb:', 'events:', 'states:', 'sqs:', 'lambda:', 'execute-api:', 'kms:', 'scheduler:', 's3:', 'iam:', '*'];

const texts = (value: unknown): string[] => (value === undefined ? [] : Array.isArray(value) ? value.map(String) : [String(value)]);

const patterns = (value: unknown, ignoreCase: boolean): Pattern[] =>
  texts(value).map((text) => ({ text, matches: wildcard(text, { ignoreCase }) }));

type Finder = (value: string, context: Context) => string | undefined;

const finder = (yes: readonly Pattern[], no: readonly Pattern[]): Finder =>
  no.length > 0
    ? (value, context) => (no.some(({ matches }) => matches(value, context)) ? undefined : `not ${no.map(({ text }) => text).join(', ')}`)
    : (value, context) => yes.find(({ matches }) => matches(value, context))?.text;

const served = (action: string): boolean => SERVED.some((prefix) => action.toLowerCase().startsWith(prefix));

const compile = (raw: Readonly<Record<string, unknown>>): Statement => {
  const actions = patterns(raw['Action'], true);
  const notActions = patterns(raw['NotAction'], true);
  const resources = patterns(raw['Resource'], false);
  const notResources = patterns(raw['NotResource'], false);
  const asked = notActions.length > 0 || actions.some(({ text }) => served(text));
  const findAction = finder(actions, notActions);
  const findResource = finder(resources, notResources);
  const naming = principalMatcher(raw);
  const condition = compileCondition(asked ? raw['Condition'] : undefined);
  return {
    effect: raw['Effect'] === 'Deny' ? 'Deny' : 'Allow',
    sid: raw['Sid'] === undefined ? undefined : String(raw['Sid']),
    condition,
    keys: [...condition.keys, ...[...resources, ...notResources].flatMap(({ text }) => variablesIn(text))],
    actions: actions.map(({ text }) => text),
    resources: resources.map(({ text }) => text),
    touches: ({ principal, action, resource, context }) => {
      const actionText = findAction(action, context);
      const resourceText = actionText === undefined ? undefined : findResource(resource, context);
      if (actionText === undefined || resourceText === undefined) return undefined;
      const named = naming(principal);
      return named && { action: actionText, resource: resourceText, delegated: named === 'account' };
    },
  };
};

/** The statements of a policy document. Throws, naming `where`, on anything it cannot judge. */
export const compileDocument = (document: unknown, where: string): Statement[] => {
  const raw = (document as { Statement?: unknown } | undefined)?.Statement;
  const statements = (Array.isArray(raw) ? raw : raw === undefined ? [] : [raw]) as Record<string, unknown>[];
  return statements.map((statement, index) => {
    try {
      return compile(statement);
    } catch (error) {
      throw new Error(`${where}, statement ${index + 1}: ${(error as Error).message}`);
    }
  });
};

/** The same statement without one of its grants, as several where it must be. */
export const without = (statement: Statement, action: string, resource: string): Statement[] => {
  if (statement.effect === 'Deny' || !statement.actions.includes(action) || !statement.resources.includes(resource)) return [statement];
  const rest = (actions: readonly string[], resources: readonly string[]): Statement[] =>
    actions.length === 0 || resources.length === 0 ? [] : [narrowed(statement, actions, resources)];
  return [
    ...rest(
      statement.actions.filter((other) => other !== action),
      statement.resources,
    ),
    ...rest(
      [action],
      statement.resources.filter((other) => other !== resource),
    ),
  ];
};

const narrowed = (statement: Statement, actions: readonly string[], resources: readonly string[]): Statement => {
  const findAction = finder(patterns(actions, true), []);
  const findResource = finder(patterns(resources, false), []);
  return {
    ...statement,
    actions,
    resources,
    touches: (request) => {
      const action = findAction(request.action, request.context);
      const resource = findResource(request.resource, request.context);
      const fit = action === undefined || resource === undefined ? undefined : statement.touches(request);
      return fit && action !== undefined && resource !== undefined ? { ...fit, action, resource } : undefined;
    },
  };
};
