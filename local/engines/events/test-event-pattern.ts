import { compilePattern, InvalidPattern } from '../../../shared/pattern/index.ts';
import { AwsError } from '../../kernel/aws-error.ts';

const REQUIRED = ['id', 'account', 'source', 'time', 'region', 'detail-type'];

const invalidPattern = (reason: string): AwsError =>
  new AwsError(
    'InvalidEventPatternException',
    reason.startsWith('Event pattern') ? reason : `Event pattern is not valid. Reason: ${reason}`,
  );

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Compiles a pattern given as text; throws AWS's exception. */
export const compileText = (text: string): ReturnType<typeof compilePattern> => {
  const pattern = parse(text);
  if (!isObject(pattern)) throw invalidPattern(pattern === undefined ? 'Invalid JSON' : 'Filter is not an object');
  try {
    return compilePattern(pattern);
  } catch (error) {
    throw error instanceof InvalidPattern ? invalidPattern(error.message) : error;
  }
};

/** `TestEventPattern`: the event must be a whole one, the pattern a valid one. */
export const testEventPattern = (patternText: string, eventText: string): boolean => {
  const pattern = compileText(patternText);
  const event = parse(eventText);
  if (!isObject(event)) throw new AwsError('ValidationException', 'Parameter Event is not valid. Reason: Event must be a JSON object.');
  const absent = REQUIRED.find((name) => !Object.hasOwn(event, name));
  if (absent) throw new AwsError('ValidationException', `Parameter Event is not valid. Reason: ${absent} is a required field.`);
  return pattern.matches(event);
};
