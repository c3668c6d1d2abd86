import { type Condition, type Context, compileCondition } from './condition.ts';
import { type Matcher, wildcard } from './wildcard.ts';

export interface Request {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
}

interface Pattern {
  readonly text: string;
  readonly matches: Matcher;
}

export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly condition: Condition;
  /** Patterns of actions and resources as they are written, for the record of what was used. */
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** The action and resource pattern that fit, or undefined. */
  fit(request: Request): { action: string; resource: string } | undefined;
}

/** The services whose calls come through the port; what a policy says of others (logs, KMS, X-Ray) is nobody's business here. */
const SERVED = ['dynamodb:', 'events:', 'states:', 'sqs:', 'lambda:', 'execute-api:', '*'];

const texts = (value: unknown): string[] => (value === undefined ? [] : Array.isArray(value) ? value.map(String) : [String(value)]);

const patterns = (value: unknown, ignoreCase: boolean): Pattern[] =>
  texts(value).map((text) => ({ text, matches: wildcard(text, { ignoreCase }) }));

const finder = (yes: readonly Pattern[], no: readonly Pattern[]): ((value: string) => string | undefined) =>
  no.length > 0
    ? (value) => (no.some(({ matches }) => matches(value)) ? undefined : `not ${no.map(({ text }) => text).join(', ')}`)
    : (value) => yes.find(({ matches }) => matches(value))?.text;

const principalMatcher = (raw: Readonly<Record<string, unknown>>): ((principal: string) => boolean) => {
  if (raw['NotPrincipal'] !== undefined)
    throw new Error('NotPrincipal is not understood here: say it with a condition on aws:PrincipalArn');
  const value = raw['Principal'];
  if (value === undefined || value === '*') return () => true;
  const named = Object.values(value as Record<string, unknown>).flatMap(texts);
  const account = (name: string): string | undefined => /^(?:arn:aws:iam::)?(\d{12})(?::root)?$/.exec(name)?.[1];
  const matchers = named.map((name): Matcher => {
    const id = account(name);
    return id ? (principal) => principal.startsWith(`arn:aws:iam::${id}:`) : wildcard(name);
  });
  return (principal) => matchers.some((matches) => matches(principal));
};

const served = (action: string): boolean => SERVED.some((prefix) => action.toLowerCase().startsWith(prefix) || action === '*');

const compile = (raw: Readonly<Record<string, unknown>>): Statement | undefined => {
  const actions = patterns(raw['Action'], true);
  const notActions = patterns(raw['NotAction'], true);
  if (notActions.length === 0 && !actions.some(({ text }) => served(text))) return undefined;
  const resources = patterns(raw['Resource'], false);
  const findAction = finder(actions, notActions);
  const findResource = finder(resources, patterns(raw['NotResource'], false));
  const toPrincipal = principalMatcher(raw);
  const condition = compileCondition(raw['Condition']);
  return {
    effect: raw['Effect'] === 'Deny' ? 'Deny' : 'Allow',
    condition,
    actions: actions.map(({ text }) => text),
    resources: resources.map(({ text }) => text),
    fit: (request) => {
      const action = findAction(request.action);
      const resource = action === undefined ? undefined : findResource(request.resource);
      if (action === undefined || resource === undefined) return undefined;
      return toPrincipal(request.principal) && condition.holds(request.context) ? { action, resource } : undefined;
    },
  };
};

/** The statements of a policy document that concern a service run here. Throws, naming `where`, on anything it cannot judge. */
export const compileDocument = (document: unknown, where: string): Statement[] => {
  const raw = (document as { Statement?: unknown } | undefined)?.Statement;
  const statements = (Array.isArray(raw) ? raw : raw === undefined ? [] : [raw]) as Record<string, unknown>[];
  return statements.flatMap((statement, index) => {
    try {
      return compile(statement) ?? [];
    } catch (error) {
      throw new Error(`${where}, statement ${index + 1}: ${(error as Error).message}`);
    }
  });
};
