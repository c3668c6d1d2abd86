import type { Fit, Request, Statement } from './statement.ts';

/** `silent`: nobody allowed it. `deny` names the statement that forbids it. */
export type Verdict = ({ word: 'allow'; statement: Statement } & Fit) | { word: 'deny'; statement: Statement } | { word: 'silent' };

/** As IAM: one Deny outweighs every Allow; without an Allow the answer is no. An Allow by name is found before one that delegates. */
export const judge = (statements: readonly Statement[], request: Request): Verdict => {
  let allowed: Verdict = { word: 'silent' };
  for (const statement of statements) {
    const fit = statement.touches(request);
    if (!fit || !statement.condition.holds(request.context)) continue;
    if (statement.effect === 'Deny') return { word: 'deny', statement };
    if (allowed.word === 'silent' || (allowed.word === 'allow' && allowed.delegated && !fit.delegated))
      allowed = { word: 'allow', statement, ...fit };
  }
  return allowed;
};
