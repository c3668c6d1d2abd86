import type { Active, Execution, Frame } from './execution.ts';
import { wrongType } from './expression.ts';
import { queryFailure } from './failure.ts';
import { namesFor, worldOf } from './names.ts';
import { fill, type Template, textOf } from './template.ts';

/** Fills a field of a state in, with `$states` as far as it is known. */
export const filledOf = (
  execution: Execution,
  active: Active,
  template: Template,
  known: { result?: unknown; errorOutput?: unknown; item?: Frame['item'] } = {},
): Promise<unknown> | unknown =>
  template.kind === 'constant' ? template.value : fill(template, namesFor(execution, active, known), worldOf(execution));

const outOfRange = (template: Template, value: number, range: string): never => {
  throw queryFailure(
    `The JSONata expression '${textOf(template)}' specified for the field '${template.location}' returned a value outside of the allowed range ${range}: ${value}`,
    template.location,
  );
};

/** A number of a field that may be an expression; `undefined` when the field is absent. */
export const numberOf = async (
  execution: Execution,
  active: Active,
  template: Template | undefined,
  min: number,
  max: number,
): Promise<number | undefined> => {
  if (!template) return undefined;
  const value = await filledOf(execution, active, template);
  if (typeof value !== 'number') return wrongType(textOf(template), template.location, 'number', value);
  return value < min || value > max ? outOfRange(template, value, `[${min}, ${max}]`) : value;
};

/** A whole number of a field that may be an expression; `undefined` when the field is absent. */
export const wholeOf = async (
  execution: Execution,
  active: Active,
  template: Template | undefined,
  min: number,
  max: number,
): Promise<number | undefined> => {
  const value = await numberOf(execution, active, template, min, max);
  return template && value !== undefined && !Number.isInteger(value) ? outOfRange(template, value, `[${min}, ${max}]`) : value;
};

export const stringOf = async (execution: Execution, active: Active, template: Template | undefined): Promise<string | undefined> => {
  if (!template) return undefined;
  const value = await filledOf(execution, active, template);
  return typeof value === 'string' ? value : wrongType(textOf(template), template.location, 'string', value);
};
