import { evaluate, inside, isExpression, type Names } from './expression.ts';
import type { World } from './functions.ts';

/** A JSON value of the definition, taken apart once: what is constant stays as it is, only expressions are evaluated. */
export type Template =
  | { kind: 'constant'; value: unknown; location: string }
  | { kind: 'expression'; text: string; location: string }
  | { kind: 'array'; items: Template[]; location: string }
  | { kind: 'object'; members: [string, Template][]; location: string };

const isConstant = (template: Template): boolean => template.kind === 'constant';

/** `location` names the field for complaints: `Arguments/Payload/status`. */
export const templateOf = (value: unknown, location: string): Template => {
  if (typeof value === 'string' && isExpression(value)) return { kind: 'expression', text: inside(value), location };
  if (Array.isArray(value)) {
    const items = value.map((item, index) => templateOf(item, `${location}[${index}]`));
    return items.every(isConstant) ? { kind: 'constant', value, location } : { kind: 'array', items, location };
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(([key, item]): [string, Template] => [key, templateOf(item, `${location}/${key}`)]);
    return members.every(([, member]) => isConstant(member))
      ? { kind: 'constant', value, location }
      : { kind: 'object', members, location };
  }
  return { kind: 'constant', value, location };
};

/** Fills a template in. Expressions are evaluated one after another, in the order written, so chance is drawn in one order only. */
export const fill = async (template: Template, names: Names, world: World): Promise<unknown> => {
  if (template.kind === 'constant') return template.value;
  if (template.kind === 'expression') return evaluate(template.text, template.location, names, world);
  if (template.kind === 'array') {
    const items: unknown[] = [];
    for (const item of template.items) items.push(await fill(item, names, world));
    return items;
  }
  const members: [string, unknown][] = [];
  for (const [key, member] of template.members) members.push([key, await fill(member, names, world)]);
  return Object.fromEntries(members);
};

/** The text to quote when a filled template has the wrong type. */
export const textOf = (template: Template): string => {
  if (template.kind === 'expression') return template.text;
  return template.kind === 'constant' ? JSON.stringify(template.value) : template.location;
};
