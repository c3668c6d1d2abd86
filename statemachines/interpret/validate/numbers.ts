import { type Complain, isExpressionText, type Json, SCHEMA } from './complaint.ts';

const complainOf = (name: string, place: string, cause: string, complain: Complain): void =>
  complain(SCHEMA, `${place}/${name}`, `${name} ${cause}`, 'Write such a number.');

/** A literal whole number. */
export const wholeIn = (json: Json, name: string, min: number, max: number, place: string, complain: Complain): void => {
  const value = json[name];
  if (value === undefined) return;
  if (!Number.isInteger(value) || (value as number) < min || (value as number) > max) {
    complainOf(name, place, `is not a whole number from ${min} to ${max}.`, complain);
  }
};

/** A number or an expression that gives one. */
export const numberOrExpression = (json: Json, name: string, min: number, max: number, place: string, complain: Complain): void => {
  const value = json[name];
  if (value === undefined || isExpressionText(value)) return;
  if (typeof value !== 'number' || value < min || value > max || (max > 100 && !Number.isInteger(value))) {
    complainOf(name, place, `is neither a number from ${min} to ${max} nor an expression.`, complain);
  }
};
