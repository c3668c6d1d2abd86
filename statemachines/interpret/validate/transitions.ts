import type { StateType } from '../definition.ts';
import { type Complain, isObject, type Json, SCHEMA } from './complaint.ts';

/** Where a state leads. */

const GOES_ON = new Set<StateType>(['Pass', 'Task', 'Wait', 'Parallel', 'Map']);

export const checkTransitions = (state: Json, type: StateType, place: string, complain: Complain): void => {
  if (!GOES_ON.has(type)) return;
  const { Next: next, End: end } = state;
  if (next === undefined && end === undefined) {
    complain(SCHEMA, place, 'The state has neither Next nor End.', 'Name the next state, or write "End": true.');
    return;
  }
  if (next !== undefined && end !== undefined) complain(SCHEMA, place, 'The state has both Next and End.', 'Keep one.');
  if (next !== undefined && typeof next !== 'string') complain(SCHEMA, `${place}/Next`, 'Next names no state.', 'Name one.');
  if (end !== undefined && end !== true) complain(SCHEMA, `${place}/End`, 'End is not true.', 'Write true, or name the next state.');
};

interface Target {
  name: string;
  /** Pointer beneath the state. */
  field: string;
}

const fromList = (list: unknown, field: string): Target[] =>
  (Array.isArray(list) ? list : []).flatMap((item: unknown, index) =>
    isObject(item) && typeof item['Next'] === 'string' ? [{ name: item['Next'], field: `/${field}/${index}/Next` }] : [],
  );

export const targetsOf = (state: Json): Target[] => [
  ...['Next', 'Default'].flatMap((field) => {
    const name = state[field];
    return typeof name === 'string' ? [{ name, field: `/${field}` }] : [];
  }),
  ...fromList(state['Choices'], 'Choices'),
  ...fromList(state['Catch'], 'Catch'),
];
