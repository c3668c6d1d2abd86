import jsonata from 'jsonata';

/** The part of JSONata's syntax tree that is looked at here. */
export interface Ast {
  readonly type?: string;
  readonly value?: unknown;
  readonly steps?: readonly Ast[];
  readonly stages?: readonly unknown[];
}

/** The JSONata of a string that is one expression, as the Amazon States Language sees it. */
export const expressionIn = (text: string): string | undefined => /^\{%([\s\S]*)%\}$/.exec(text)?.[1]?.trim();

/** Throws what JSONata says where it does not parse. */
export const parse = (text: string): Ast => jsonata(text).ast() as Ast;

/** The names below `$states.input` of a path; undefined where it is another path. */
export const belowInput = ({ type, steps }: Ast): string[] | undefined => {
  if (type !== 'path' || steps?.[0]?.type !== 'variable' || steps[0].value !== 'states' || steps[1]?.value !== 'input') return undefined;
  const names = steps.slice(2);
  const plain = names.findIndex((name) => name.type !== 'name' || name.stages !== undefined);
  return names.slice(0, plain < 0 ? undefined : plain).map(({ value }) => String(value));
};

const children = (node: object): object[] => Object.values(node).filter((inner) => inner !== null && typeof inner === 'object');

/** Every node of a tree, outermost first. */
export const nodesOf = (ast: object): Ast[] => [ast as Ast, ...children(ast).flatMap(nodesOf)];

/** What a text's expression reads of the machine's input, as paths: `said.look.weapon` is `['said', 'look', 'weapon']`. */
export const readsOf = (text: string): string[][] => {
  const expression = expressionIn(text);
  if (expression === undefined) return [];
  return nodesOf(parse(expression)).flatMap((node) => {
    const path = belowInput(node);
    return path ? [path] : [];
  });
};

/** Every expression in a value, with its place. */
export const expressionsIn = (value: unknown, place: string): [place: string, text: string][] => {
  if (typeof value === 'string') return expressionIn(value) === undefined ? [] : [[place, value]];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => expressionsIn(inner, `${place}.${key}`));
};
