import type { Statement } from './statement.ts';

/** One action pattern on one resource pattern that a role may, and whether anything ever used it. */
export interface Grant {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly used: boolean;
}

export interface GrantBook {
  use(statement: Statement, action: string, resource: string): void;
  list(): Grant[];
}

/** Remembers which grants of the template were ever needed: the others are too many. */
export const createGrantBook = (policies: ReadonlyMap<string, readonly Statement[]>): GrantBook => {
  const used = new Map<Statement, Set<string>>();
  const key = (action: string, resource: string): string => `${action} ${resource}`;
  return {
    use: (statement, action, resource) => {
      const seen = used.get(statement) ?? new Set();
      seen.add(key(action, resource));
      used.set(statement, seen);
    },
    list: () =>
      [...policies].flatMap(([principal, statements]) =>
        statements
          .filter(({ effect }) => effect === 'Allow')
          .flatMap((statement) =>
            statement.actions.flatMap((action) =>
              statement.resources.map((resource) => ({
                principal,
                action,
                resource,
                used: used.get(statement)?.has(key(action, resource)) ?? false,
              })),
            ),
          ),
      ),
  };
};
