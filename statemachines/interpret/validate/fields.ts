import type { StateType } from '../definition.ts';
import { type Complain, type Json, SCHEMA } from './complaint.ts';

/** Which fields each state type has in JSONata, and which belong to JSONPath. */

const EVERY = ['Type', 'Comment', 'QueryLanguage'];
const GOES_ON = ['Next', 'End'];
const RECOVERS = ['Retry', 'Catch'];
const YIELDS = ['Output', 'Assign'];

const OWN: Readonly<Record<StateType, readonly string[]>> = {
  Pass: [...GOES_ON, ...YIELDS],
  Task: [...GOES_ON, ...YIELDS, ...RECOVERS, 'Resource', 'Arguments', 'Credentials', 'TimeoutSeconds', 'HeartbeatSeconds'],
  Choice: [...YIELDS, 'Choices', 'Default'],
  Wait: [...GOES_ON, ...YIELDS, 'Seconds', 'Timestamp'],
  Parallel: [...GOES_ON, ...YIELDS, ...RECOVERS, 'Branches', 'Arguments'],
  Map: [
    ...GOES_ON,
    ...YIELDS,
    ...RECOVERS,
    ...['Items', 'ItemReader', 'ItemSelector', 'ItemBatcher', 'ItemProcessor', 'ResultWriter', 'Label'],
    ...['MaxConcurrency', 'ToleratedFailureCount', 'ToleratedFailurePercentage'],
  ],
  Succeed: ['Output'],
  Fail: ['Error', 'Cause'],
};

const JSON_PATH = new Set([
  ...[
    'InputPath',
    'OutputPath',
    'ResultPath',
    'Parameters',
    'ResultSelector',
    'Result',
    'Iterator',
    'ItemsPath',
    'SecondsPath',
    'TimestampPath',
  ],
  ...['TimeoutSecondsPath', 'HeartbeatSecondsPath', 'MaxConcurrencyPath', 'ToleratedFailureCountPath', 'ToleratedFailurePercentagePath'],
  ...['ErrorPath', 'CausePath', 'Variable'],
]);

export const isStateType = (type: unknown): type is StateType => typeof type === 'string' && Object.hasOwn(OWN, type);

/** Complains of every field that `known` does not list. */
export const onlyFields = (json: Json, known: readonly string[], place: string, complain: Complain): void => {
  for (const name of Object.keys(json)) {
    if (known.includes(name)) continue;
    if (JSON_PATH.has(name)) {
      complain(
        SCHEMA,
        `${place}/${name}`,
        `'${name}' belongs to JSONPath and this state is JSONata.`,
        "Say it with 'Arguments', 'Output' or a JSONata expression.",
      );
    } else {
      complain(SCHEMA, `${place}/${name}`, `The field '${name}' is not known here.`, `Use one of ${known.join(', ')}, or take it out.`);
    }
  }
};

export const stateFields = (state: Json, type: StateType, place: string, complain: Complain): void =>
  onlyFields(state, [...EVERY, ...OWN[type]], place, complain);
