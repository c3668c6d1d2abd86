import type { GrantId, Identity } from './identity-policies.ts';
import type { Statement } from './statement.ts';

/** One action pattern on one resource pattern that a role may, and whether anything ever used it. */
export interface Grant extends GrantId {
  /** The role's place in the template. */
  readonly role: string;
  readonly sid: string | undefined;
  readonly used: boolean;
}

export interface GrantBook {
  use(statement: Statement, action: string, resource: string): void;
  list(): Grant[];
}

/** Remembers which grants of the template were ever needed: the others are too many. */
export const createGrantBook = (identities: ReadonlyMap<string, Identity>): GrantBook => {
  const used = new Map<Statement, Set<string>>();
  const key = (action: string, resource: string): string => `${action} ${resource}`;
  const of = (principal: string, role: string, statement: Statement): Grant[] =>
    statement.actions.flatMap((action) =>
      statement.resources.map((resource) => ({
        principal,
        role,
        sid: statement.sid,
        action,
        resource,
        used: used.get(statement)?.has(key(action, resource)) ?? false,
      })),
    );
  return {
    use: (statement, action, resource) => {
      const seen = used.get(statement) ?? new Set();
      seen.add(key(action, resource));
      used.set(statement, seen);
    },
    list: () =>
      [...identities].flatMap(([principal, { place, statements }]) =>
        statements.filter(({ effect }) => effect === 'Allow').flatMap((statement) => of(principal, place, statement)),
      ),
  };
};
