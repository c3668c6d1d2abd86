import type { StateType } from '../definition.ts';
import { instantOf } from '../states/wait.ts';
import { type Complain, isExpressionText, isObject, type Json, SCHEMA } from './complaint.ts';
import { checkArguments, checkOutcome, checkValue, type Sight } from './expressions.ts';
import { onlyFields } from './fields.ts';
import { checkMap } from './map.ts';
import { numberOrExpression } from './numbers.ts';

/** What each state type asks of its own fields. */

type Check = (state: Json, place: string, complain: Complain) => void;

const MAX_SECONDS = 99_999_999;

const FUNCTION = /^arn:[^:]+:lambda:/;
const QUALIFIED = /^arn:[^:]+:lambda:[^:]*:[^:]*:function:[\w-]+(:(\$LATEST|[\w-]+))?$/;

const URI = /^[A-Za-z][\w+.-]*:\S+$/;
const ARN = /^arn:aws[a-z-]*:[^:]+:[^:]*:\d*:[^:/*]+([:/].*[^:/])?$/;

/** Why a text cannot be what a Task calls. */
const flawOf = (resource: string): string | undefined => {
  if (!URI.test(resource)) return 'is not a URI';
  if (FUNCTION.test(resource)) return QUALIFIED.test(resource) ? undefined : "is not a function's ARN";
  return resource.startsWith('arn:') && !ARN.test(resource) ? 'is not an ARN' : undefined;
};

const checkTask: Check = (state, place, complain) => {
  const { Resource: resource, Credentials: credentials, TimeoutSeconds: timeout, HeartbeatSeconds: heartbeat } = state;
  const flaw = typeof resource === 'string' ? flawOf(resource) : undefined;
  if (typeof resource !== 'string' || resource === '')
    complain(SCHEMA, `${place}/Resource`, 'The Task has no Resource.', 'Name what it calls by its ARN.');
  else if (flaw) {
    const mend = "Write the ARN of an integration or of a function: 'arn:aws:states:::lambda:invoke'.";
    complain(SCHEMA, `${place}/Resource`, `'${resource}' ${flaw}.`, mend);
  }
  if (credentials !== undefined && !isObject(credentials) && !isExpressionText(credentials)) {
    complain(SCHEMA, `${place}/Credentials`, 'Credentials is not an object.', 'Write {"RoleArn": …}.');
  }
  numberOrExpression(state, 'TimeoutSeconds', 1, MAX_SECONDS, place, complain);
  numberOrExpression(state, 'HeartbeatSeconds', 1, MAX_SECONDS, place, complain);
  if (typeof timeout === 'number' && typeof heartbeat === 'number' && heartbeat >= timeout) {
    complain(
      SCHEMA,
      `${place}/HeartbeatSeconds`,
      'HeartbeatSeconds is not less than TimeoutSeconds, so it can never run out first.',
      'Lower it or take it out.',
    );
  }
};

const checkWait: Check = (state, place, complain) => {
  const { Seconds: seconds, Timestamp: timestamp } = state;
  if ((seconds === undefined) === (timestamp === undefined)) {
    complain(SCHEMA, place, 'A Wait has exactly one of Seconds and Timestamp.', 'Keep the one you mean.');
  }
  numberOrExpression(state, 'Seconds', 0, MAX_SECONDS, place, complain);
  if (timestamp === undefined || isExpressionText(timestamp)) return;
  if (typeof timestamp !== 'string' || instantOf(timestamp) === undefined) {
    complain(SCHEMA, `${place}/Timestamp`, 'Timestamp is no RFC 3339 time.', "Write it as '2026-01-31T23:59:00Z' or as an expression.");
  }
};

const checkRule = (rule: unknown, place: string, complain: Complain): void => {
  if (!isObject(rule)) {
    complain(SCHEMA, place, 'The rule is not an object.', 'Write {"Condition": …, "Next": …}.');
    return;
  }
  onlyFields(rule, ['Condition', 'Next', 'Output', 'Assign', 'Comment'], place, complain);
  const { Condition: condition, Next: next } = rule;
  if (typeof condition !== 'boolean' && !isExpressionText(condition)) {
    complain(
      SCHEMA,
      `${place}/Condition`,
      'Condition is neither an expression nor a boolean.',
      "Write '{% … %}' that gives true or false.",
    );
  }
  checkValue(condition, `${place}/Condition`, {}, complain);
  if (typeof next !== 'string') complain(SCHEMA, `${place}/Next`, 'The rule has no Next.', 'Name the state to go to.');
  checkOutcome(rule, place, {}, complain);
};

const checkChoice: Check = (state, place, complain) => {
  const { Choices: rules, Default: otherwise } = state;
  if (!Array.isArray(rules) || rules.length === 0) {
    complain(SCHEMA, `${place}/Choices`, 'A Choice has no rules.', 'Write at least one.');
    return;
  }
  for (const [index, rule] of rules.entries()) checkRule(rule, `${place}/Choices/${index}`, complain);
  if (otherwise !== undefined && typeof otherwise !== 'string')
    complain(SCHEMA, `${place}/Default`, 'Default names no state.', 'Name one or take it out.');
};

const checkParallel: Check = ({ Branches: branches }, place, complain) => {
  if (!Array.isArray(branches) || branches.length === 0)
    complain(SCHEMA, `${place}/Branches`, 'A Parallel has no branches.', 'Write at least one.');
};

const checkFail: Check = (state, place, complain) => {
  for (const name of ['Error', 'Cause']) {
    const value = state[name];
    if (value !== undefined && typeof value !== 'string')
      complain(SCHEMA, `${place}/${name}`, `${name} is not a text.`, 'Write a text or an expression that gives one.');
  }
};

const nothing: Check = () => {};

const OF_KIND: Readonly<Record<StateType, Check>> = {
  Pass: nothing,
  Task: checkTask,
  Choice: checkChoice,
  Wait: checkWait,
  Parallel: checkParallel,
  Map: checkMap,
  Succeed: nothing,
  Fail: checkFail,
};

/** Fields that may hold expressions but see no result; those of ItemReader, ItemBatcher and ResultWriter are checked with the Map. */
const BEFORE = [
  ...['Credentials', 'TimeoutSeconds', 'HeartbeatSeconds', 'Seconds', 'Timestamp', 'Items', 'ItemSelector'],
  ...['MaxConcurrency', 'ToleratedFailureCount', 'ToleratedFailurePercentage', 'Error', 'Cause'],
];

const HAS_RESULT = new Set<StateType>(['Task', 'Parallel', 'Map']);

export const checkKind = (state: Json, type: StateType, place: string, complain: Complain): void => {
  OF_KIND[type](state, place, complain);
  checkArguments(state['Arguments'], `${place}/Arguments`, complain);
  for (const name of BEFORE) checkValue(state[name], `${place}/${name}`, {}, complain);
  const sight: Sight = { result: HAS_RESULT.has(type) };
  checkOutcome(state, place, sight, complain);
};
