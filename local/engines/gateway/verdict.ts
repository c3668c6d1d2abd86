import { judge } from '../../port/judge.ts';
import { compileDocument } from '../../port/statement.ts';

/** `failed`: the authorizer itself broke; `misconfigured`: its answer is none. The context is what it tells the integration. */
export type Verdict =
  | { word: 'allow'; context: Record<string, unknown> }
  | { word: 'unauthorized' | 'denied' | 'failed' | 'misconfigured' };

/** What an authorizer's function answers. */
export interface Answer {
  readonly principalId?: unknown;
  readonly policyDocument?: unknown;
  readonly context?: unknown;
  readonly usageIdentifierKey?: unknown;
}

const PLAIN = new Set(['string', 'number', 'boolean']);

/** As the integration sees it: every value a string; lists and objects are no context. */
const contextOf = (given: unknown): Record<string, string> => {
  const context = Object.entries((given ?? {}) as Record<string, unknown>).filter(([, value]) => value !== null && value !== undefined);
  const odd = context.find(([, value]) => !PLAIN.has(typeof value));
  if (odd) throw new Error(`${odd[0]} of the context is neither string, number nor boolean`);
  return Object.fromEntries(context.map(([name, value]) => [name, String(value)]));
};

/** Weighs an authorizer's answer against one method. Throws what is wrong with it. */
export const weigh = (answer: Answer | null, methodArn: string, where: string): Verdict => {
  const { principalId, policyDocument, context, usageIdentifierKey } = answer ?? {};
  if (typeof principalId !== 'string' || principalId === '') throw new Error('there is no principalId');
  if (typeof policyDocument !== 'object' || policyDocument === null) throw new Error('there is no policyDocument');
  const known = contextOf(context);
  const request = { principal: principalId, action: 'execute-api:Invoke', resource: methodArn, context: {} };
  const { word } = judge(compileDocument(policyDocument, `the answer of ${where}`), request);
  if (word !== 'allow') return { word: 'denied' };
  return { word, context: { ...known, principalId, integrationLatency: 0, ...(usageIdentifierKey ? { usageIdentifierKey } : {}) } };
};
