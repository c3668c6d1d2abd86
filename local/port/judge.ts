import type { Request, Statement } from './statement.ts';

/** `silent`: nobody allowed it. `deny` names the statement that forbids it. */
export type Verdict =
  | { word: 'allow'; statement: Statement; action: string; resource: string }
  | { word: 'deny'; statement: Statement }
  | { word: 'silent' };

/** As IAM: one Deny outweighs every Allow; without an Allow the answer is no. */
export const judge = (statements: readonly Statement[], request: Request): Verdict => {
  let allowed: Verdict = { word: 'silent' };
  for (const statement of statements) {
    const fit = statement.fit(request);
    if (!fit) continue;
    if (statement.effect === 'Deny') return { word: 'deny', statement };
    if (allowed.word === 'silent') allowed = { word: 'allow', statement, ...fit };
  }
  return allowed;
};
