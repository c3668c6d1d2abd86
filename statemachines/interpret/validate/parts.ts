import type { StateType } from '../definition.ts';
import { type Complain, isObject, type Json, SCHEMA } from './complaint.ts';
import { isStateType, onlyFields, stateFields } from './fields.ts';
import { checkKind } from './kinds.ts';
import { checkRecovery } from './recovery.ts';
import { checkScope } from './scopes.ts';
import { checkTransitions, targetsOf } from './transitions.ts';

/** StartAt with its States: the machine, a branch or an item processor, and what they contain. */

const NO_TARGET = 'MISSING_TRANSITION_TARGET';
const LONGEST_NAME = 80;

/** What is known of the whole machine while its parts are checked. */
export interface Survey {
  readonly complain: Complain;
  /** The machine's own query language; a state without one has this, wherever it stands. */
  readonly language: string;
  /** Names are unique in the whole machine: name → place. */
  readonly names: Map<string, string>;
  /** Variables of the scopes around the present part: name → place. */
  readonly variables: ReadonlyMap<string, string>;
}

const JSON_PATH_STATE = 'The state is JSONPath, and SWOE runs JSONata only.';

/** Beside JSONata states, one without anything that either language would read may stay undeclared. */
const NEUTRAL = new Set<string>(['Succeed', 'Fail', 'Wait', 'Pass']);

const isJsonata = (state: Json, type: string, place: string, { complain, language }: Survey): boolean => {
  const own = state['QueryLanguage'] ?? language;
  if (own === 'JSONata' || (state['QueryLanguage'] === undefined && NEUTRAL.has(type))) return true;
  complain('JSONPATH_REFUSED', place, JSON_PATH_STATE, 'Write "QueryLanguage": "JSONata" at the top and turn its paths into expressions.');
  return false;
};

const checkName = (name: string, place: string, { complain, names }: Survey): void => {
  if (name.length > LONGEST_NAME || name === '')
    complain(SCHEMA, place, `A state's name has 1 to ${LONGEST_NAME} characters.`, 'Give it another name.');
  const twin = names.get(name);
  if (twin)
    complain('DUPLICATE_STATE_NAME', place, `'${name}' stands at ${twin} too.`, 'Names are unique in the whole machine: rename one.');
  else names.set(name, place);
};

const checkComment = ({ Comment: comment }: Json, place: string, complain: Complain): void => {
  if (comment !== undefined && typeof comment !== 'string')
    complain(SCHEMA, `${place}/Comment`, 'Comment is not a text.', 'Write a text or take it out.');
};

/** The parts that a Parallel or a Map contains. */
const checkWithin = (state: Json, type: StateType, place: string, survey: Survey): void => {
  const { Branches: branches, ItemProcessor: processor } = state;
  if (type === 'Parallel' && Array.isArray(branches)) {
    for (const [index, branch] of branches.entries()) checkPart(branch, `${place}/Branches/${index}`, survey);
  }
  if (type === 'Map' && isObject(processor)) {
    const { ProcessorConfig: _, ...part } = processor;
    checkPart(part, `${place}/ItemProcessor`, survey);
  }
};

const checkState = (name: string, state: unknown, place: string, survey: Survey): void => {
  const { complain } = survey;
  checkName(name, place, survey);
  if (!isObject(state)) {
    complain(SCHEMA, place, 'The state is not an object.', 'Write {"Type": …}.');
    return;
  }
  const type = state['Type'];
  if (!isStateType(type)) {
    complain(
      SCHEMA,
      `${place}/Type`,
      `'${String(type)}' is no state type.`,
      'Use Pass, Task, Choice, Wait, Parallel, Map, Succeed or Fail.',
    );
    return;
  }
  if (!isJsonata(state, type, place, survey)) return;
  stateFields(state, type, place, complain);
  checkKind(state, type, place, complain);
  checkRecovery(state, place, complain);
  checkTransitions(state, type, place, complain);
  checkComment(state, place, complain);
  checkWithin(state, type, place, survey);
};

const reachable = (startAt: string, states: Json): Set<string> => {
  const seen = new Set<string>();
  const next = [startAt];
  for (let name = next.pop(); name !== undefined; name = next.pop()) {
    const state = states[name];
    if (seen.has(name) || !isObject(state)) continue;
    seen.add(name);
    next.push(...targetsOf(state).map(({ name: target }) => target));
  }
  return seen;
};

const ends = (state: unknown): boolean =>
  isObject(state) && (state['End'] === true || state['Type'] === 'Succeed' || state['Type'] === 'Fail');

const checkWays = (startAt: string, states: Json, place: string, complain: Complain): void => {
  for (const [name, state] of Object.entries(states)) {
    if (!isObject(state)) continue;
    for (const target of targetsOf(state)) {
      if (Object.hasOwn(states, target.name)) continue;
      complain(
        NO_TARGET,
        `${place}/States/${name}${target.field}`,
        `There is no state '${target.name}' here.`,
        'Name a state of the same States.',
      );
    }
  }
  const reached = reachable(startAt, states);
  for (const name of Object.keys(states)) {
    if (!reached.has(name))
      complain(
        NO_TARGET,
        `${place}/States/${name}`,
        `State '${name}' is not reachable.`,
        'Lead a Next, Default or Catch to it, or take it out.',
      );
  }
  if (![...reached].some((name) => ends(states[name]))) {
    complain('MISSING_END_STATE', place, 'No state that can be reached ends the run.', 'Give one "End": true, or a Succeed or Fail.');
  }
};

/** Checks a part and everything under it. */
export const checkPart = (part: unknown, place: string, survey: Survey, further: readonly string[] = []): void => {
  const { complain } = survey;
  if (!isObject(part)) {
    complain(SCHEMA, place || '/', 'It is not an object with StartAt and States.', 'Write {"StartAt": …, "States": { … }}.');
    return;
  }
  onlyFields(part, ['StartAt', 'States', 'Comment', ...further], place, complain);
  const { StartAt: startAt, States: states } = part;
  if (!isObject(states) || Object.keys(states).length === 0) {
    complain(SCHEMA, `${place}/States`, 'There are no States.', 'Write at least one.');
    return;
  }
  checkComment(part, place, complain);
  const inner = { ...survey, variables: checkScope(states, place, survey.variables, complain) };
  for (const [name, state] of Object.entries(states)) checkState(name, state, `${place}/States/${name}`, inner);
  if (typeof startAt !== 'string') {
    complain(SCHEMA, `${place}/StartAt`, 'There is no StartAt.', 'Name the first state.');
    return;
  }
  if (!Object.hasOwn(states, startAt)) {
    complain(NO_TARGET, `${place}/StartAt`, `There is no state '${startAt}' here.`, 'Name a state of the same States.');
    return;
  }
  checkWays(startAt, states, place, complain);
};
