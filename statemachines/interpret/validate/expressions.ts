import { inside } from '../expression.ts';
import { type Complain, isExpressionText, isObject, type Json, SCHEMA } from './complaint.ts';
import { type Syntax, syntaxOf } from './syntax.ts';

/** JSONata in a definition: it must be marked, parse, and name only what its field can see. */

const CODE = 'INVALID_JSONATA';

/** `{% ` … ` %}`: set off by a blank on either side, as the language's published schema wants it. */
const MARKED = /^\{% .[\s\S]* %\}$/;

/** Members of `$states` that only some fields can see. */
export interface Sight {
  result?: boolean;
  errorOutput?: boolean;
}

const unseen = ({ states }: Syntax, sight: Sight): string | undefined => {
  if (!sight.result && states.has('result')) return '$states.result';
  return !sight.errorOutput && states.has('errorOutput') ? '$states.errorOutput' : undefined;
};

/** Cause and mend of what parses and is refused all the same. */
const objectionsTo = (text: string, syntax: Syntax, sight: Sight): [cause: string, mend: string][] => {
  const objections: [string, string][] = [];
  if (syntax.startsNowhere)
    objections.push([`'${text}' begins at an input that expressions do not have.`, 'Begin with $states.input or a variable.']);
  if (syntax.evaluates) objections.push(["'$eval' is not supported.", 'Read JSON with $parse.']);
  if (syntax.newer)
    objections.push([`'${syntax.newer}' is not in JSONata 2.0.6, which AWS runs.`, "Write a condition: '$exists(a) ? a : b'."]);
  const hidden = unseen(syntax, sight);
  if (hidden)
    objections.push([`'${hidden}' has no value in this field.`, 'Use $states.input, or move the expression to Output or Assign.']);
  return objections;
};

const parsed = (text: string, place: string, complain: Complain): Syntax | undefined => {
  try {
    return syntaxOf(text);
  } catch (error) {
    const { code, message } = error as { code?: string; message?: string };
    complain(CODE, place, `'${text}' does not parse: ${[code, message].filter(Boolean).join(': ')}`, 'Mend the expression.');
    return undefined;
  }
};

const checkText = (value: string, place: string, sight: Sight, complain: Complain): void => {
  const opens = value.startsWith('{%');
  const closes = value.endsWith('%}');
  if (!opens && !closes) return;
  if (!MARKED.test(value)) {
    const mend = "Write '{% ', the expression and ' %}', with a blank on either side.";
    complain(CODE, place, `${JSON.stringify(value)} is not marked as an expression.`, mend);
    return;
  }
  const text = inside(value);
  const syntax = parsed(text, place, complain);
  if (syntax) for (const [cause, mend] of objectionsTo(text, syntax, sight)) complain(CODE, place, cause, mend);
};

/** Every text in a field that may hold expressions, at any depth. */
export const checkValue = (value: unknown, place: string, sight: Sight, complain: Complain): void => {
  if (typeof value === 'string') checkText(value, place, sight, complain);
  else if (Array.isArray(value)) for (const [index, item] of value.entries()) checkValue(item, `${place}/${index}`, sight, complain);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) checkValue(item, `${place}/${key}`, sight, complain);
  }
};

/** Unicode identifiers (UAX #31), as AWS wants variables named. */
const NAME = /^\p{ID_Start}\p{ID_Continue}*$/u;
const LONGEST_NAME = 80;

const checkNames = (assign: Json, place: string, complain: Complain): void => {
  const mend = 'Give the variable another name.';
  for (const name of Object.keys(assign)) {
    const at = `${place}/${name}`;
    if (name === 'states') complain(CODE, at, "'states' is reserved.", mend);
    if (!NAME.test(name)) complain(CODE, at, `'${name}' is not a letter and more letters, digits or '_'.`, mend);
    if ([...name].length > LONGEST_NAME) complain(CODE, at, `A variable name has 1 to ${LONGEST_NAME} characters.`, mend);
  }
};

/** Output and Assign, of a state, a Catcher or a Choice rule. */
export const checkOutcome = (json: Json, place: string, sight: Sight, complain: Complain): void => {
  checkValue(json['Output'], `${place}/Output`, sight, complain);
  const assign = json['Assign'];
  if (assign === undefined) return;
  if (!isObject(assign)) {
    complain(CODE, `${place}/Assign`, 'Assign is not an object.', 'Write {"name": value, …}.');
    return;
  }
  checkNames(assign, `${place}/Assign`, complain);
  checkValue(assign, `${place}/Assign`, sight, complain);
};

/** Arguments, of a task, a Parallel, an ItemReader or a ResultWriter. */
export const checkArguments = (value: unknown, place: string, complain: Complain): void => {
  if (value !== undefined && !isObject(value) && !isExpressionText(value))
    complain(SCHEMA, place, 'Arguments is neither an object nor an expression.', 'Write { … } or an expression that gives one.');
  checkValue(value, place, {}, complain);
};
