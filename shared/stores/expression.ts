import type { Item } from './table.ts';

/** An update expression in the making: its clauses, and the names and values that they speak of. */
export const expression = () => {
  const names: Record<string, string> = {};
  const values: Item = {};
  const clauses = { SET: [] as string[], ADD: [] as string[] };
  const conditions: string[] = [];
  const value = (of: string, is: unknown): string => {
    values[`:${of}`] = is;
    return `:${of}`;
  };
  const attribute = (of: string): string => {
    names[`#${of}`] = of;
    return `#${of}`;
  };
  return {
    value,
    attribute,
    set: (of: string, to: string): number => clauses.SET.push(`${attribute(of)} = ${to}`),
    add: (of: string, n: number): number => (n === 0 ? 0 : clauses.ADD.push(`${attribute(of)} ${value(`n_${of}`, n)}`)),
    must: (condition: string): number => conditions.push(condition),
    update: () => ({
      UpdateExpression: Object.entries(clauses)
        .flatMap(([verb, list]) => (list.length > 0 ? [`${verb} ${list.join(', ')}`] : []))
        .join(' '),
      ...(conditions.length > 0 ? { ConditionExpression: conditions.join(' AND ') } : {}),
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: values,
    }),
  };
};

export type Expression = ReturnType<typeof expression>;
