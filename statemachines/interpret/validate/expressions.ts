import { inside, parseExpression } from '../expression.ts';
import { type Complain, isExpressionText, type Json } from './complaint.ts';

/** JSONata in a definition: it must be marked, parse, and name only what its field can see. */

const CODE = 'INVALID_JSONATA';

/** `{% ` … ` %}`: set off by a blank on either side, as the language's published schema wants it. */
const MARKED = /^\{% \S[\s\S]* %\}$/;

/** Members of `$states` that only some fields can see. */
export interface Sight {
  result?: boolean;
  errorOutput?: boolean;
}

const unseen = (text: string, sight: Sight): string | undefined => {
  if (!sight.result && /\$states\s*\.\s*result\b/.test(text)) return '$states.result';
  return !sight.errorOutput && /\$states\s*\.\s*errorOutput\b/.test(text) ? '$states.errorOutput' : undefined;
};

const parseProblem = (text: string): string | undefined => {
  try {
    parseExpression(text);
    return undefined;
  } catch (error) {
    const { code, message } = error as { code?: string; message?: string };
    return [code, message].filter(Boolean).join(': ');
  }
};

/** A state's expressions have no input of their own, so a path that begins at it never finds anything, and AWS refuses it. */
const startsNowhere = (text: string): boolean => {
  const ast = parseExpression(text).ast();
  const first = ast.type === ('path' as string) ? ast.steps?.[0] : ast;
  return first?.type === 'name' || (first?.type === 'variable' && (first.value === '' || first.value === '$'));
};

const checkText = (value: string, place: string, sight: Sight, complain: Complain): void => {
  const opens = value.startsWith('{%');
  const closes = value.endsWith('%}');
  if (!opens && !closes) return;
  if (!MARKED.test(value)) {
    complain(
      CODE,
      place,
      `${JSON.stringify(value)} is not marked as an expression.`,
      "Write '{% ', the expression and ' %}', with a blank on either side.",
    );
    return;
  }
  const text = inside(value);
  const problem = parseProblem(text);
  if (problem) {
    complain(CODE, place, `'${text}' does not parse: ${problem}`, 'Mend the expression.');
    return;
  }
  if (startsNowhere(text))
    complain(CODE, place, `'${text}' begins at an input that expressions do not have.`, 'Begin with $states.input or a variable.');
  if (/\$eval\s*\(/.test(text)) complain(CODE, place, "'$eval' is not supported.", 'Read JSON with $parse.');
  const hidden = unseen(text, sight);
  if (hidden)
    complain(CODE, place, `'${hidden}' has no value in this field.`, 'Use $states.input, or move the expression to Output or Assign.');
};

/** Every text in a field that may hold expressions, at any depth. */
export const checkValue = (value: unknown, place: string, sight: Sight, complain: Complain): void => {
  if (typeof value === 'string') checkText(value, place, sight, complain);
  else if (Array.isArray(value)) for (const [index, item] of value.entries()) checkValue(item, `${place}/${index}`, sight, complain);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) checkValue(item, `${place}/${key}`, sight, complain);
  }
};

const checkNames = (assign: Json, place: string, complain: Complain): void => {
  for (const name of Object.keys(assign)) {
    if (name === 'states') complain(CODE, `${place}/states`, "'states' is reserved.", 'Give the variable another name.');
    if (name === '' || name.length > 80)
      complain(CODE, `${place}/${name}`, 'A variable name has 1 to 80 characters.', 'Give the variable another name.');
  }
};

/** Output and Assign, of a state, a Catcher or a Choice rule. */
export const checkOutcome = (json: Json, place: string, sight: Sight, complain: Complain): void => {
  checkValue(json['Output'], `${place}/Output`, sight, complain);
  const assign = json['Assign'];
  if (assign === undefined) return;
  if (typeof assign !== 'object' || assign === null || Array.isArray(assign)) {
    if (!isExpressionText(assign)) complain(CODE, `${place}/Assign`, 'Assign is not an object.', 'Write {"name": value, …}.');
    return;
  }
  checkNames(assign as Json, `${place}/Assign`, complain);
  checkValue(assign, `${place}/Assign`, sight, complain);
};
