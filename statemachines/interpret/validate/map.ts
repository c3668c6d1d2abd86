import { type Complain, isExpressionText, isObject, type Json, SCHEMA } from './complaint.ts';
import { checkArguments, checkValue } from './expressions.ts';
import { onlyFields } from './fields.ts';
import { numberOrExpression } from './numbers.ts';

/** What a Map asks of its own fields. */

const MANY = Number.MAX_SAFE_INTEGER;
const MOST_BYTES = 262_144;

const oneOf = (json: Json, name: string, values: readonly string[], place: string, complain: Complain): void => {
  const value = json[name];
  if (value === undefined || values.includes(value as string)) return;
  complain(SCHEMA, `${place}/${name}`, `${name} is none of ${values.join(', ')}.`, 'Write one of them.');
};

const objectAt = (json: Json, name: string, place: string, complain: Complain): Json | undefined => {
  const value = json[name];
  if (value === undefined || isObject(value)) return value;
  complain(SCHEMA, `${place}/${name}`, `${name} is not an object.`, 'Write { … }.');
  return undefined;
};

const checkProcessor = (processor: Json, place: string, complain: Complain): void => {
  const config = objectAt(processor, 'ProcessorConfig', place, complain);
  if (!config) return;
  const at = `${place}/ProcessorConfig`;
  onlyFields(config, ['Mode', 'ExecutionType'], at, complain);
  oneOf(config, 'Mode', ['INLINE', 'DISTRIBUTED'], at, complain);
  oneOf(config, 'ExecutionType', ['STANDARD', 'EXPRESS'], at, complain);
  const distributed = config['Mode'] === 'DISTRIBUTED';
  if (distributed === (config['ExecutionType'] === undefined)) {
    const cause = distributed ? 'A distributed Map has no ExecutionType.' : 'Only a distributed Map has an ExecutionType.';
    complain(SCHEMA, `${at}/ExecutionType`, cause, 'Write STANDARD or EXPRESS beside "Mode": "DISTRIBUTED", and nothing beside INLINE.');
  }
};

const resourceOf = (json: Json, place: string, complain: Complain): void => {
  if (typeof json['Resource'] !== 'string' || json['Resource'] === '')
    complain(SCHEMA, `${place}/Resource`, 'There is no Resource.', 'Name what it calls by its ARN.');
};

const INPUT_TYPES = ['CSV', 'JSON', 'JSONL', 'MANIFEST', 'PARQUET'];
const CONFIG = [
  ...['InputType', 'MaxItems', 'CSVHeaderLocation', 'CSVHeaders', 'CSVDelimiter', 'ItemsPointer', 'ManifestType', 'Transformation'],
];

const checkReader = (state: Json, place: string, complain: Complain): void => {
  const reader = objectAt(state, 'ItemReader', place, complain);
  if (!reader) return;
  const at = `${place}/ItemReader`;
  onlyFields(reader, ['Resource', 'ReaderConfig', 'Arguments'], at, complain);
  resourceOf(reader, at, complain);
  checkArguments(reader['Arguments'], `${at}/Arguments`, complain);
  const config = objectAt(reader, 'ReaderConfig', at, complain);
  if (!config) return;
  onlyFields(config, CONFIG, `${at}/ReaderConfig`, complain);
  oneOf(config, 'InputType', INPUT_TYPES, `${at}/ReaderConfig`, complain);
  oneOf(config, 'CSVHeaderLocation', ['FIRST_ROW', 'GIVEN'], `${at}/ReaderConfig`, complain);
  numberOrExpression(config, 'MaxItems', 1, MANY, `${at}/ReaderConfig`, complain);
  checkValue(config, `${at}/ReaderConfig`, {}, complain);
};

const checkBatcher = (state: Json, place: string, complain: Complain): void => {
  const batcher = objectAt(state, 'ItemBatcher', place, complain);
  if (!batcher) return;
  const at = `${place}/ItemBatcher`;
  onlyFields(batcher, ['MaxItemsPerBatch', 'MaxInputBytesPerBatch', 'BatchInput'], at, complain);
  if (batcher['MaxItemsPerBatch'] === undefined && batcher['MaxInputBytesPerBatch'] === undefined)
    complain(SCHEMA, at, 'ItemBatcher bounds nothing.', 'Write MaxItemsPerBatch or MaxInputBytesPerBatch.');
  numberOrExpression(batcher, 'MaxItemsPerBatch', 1, MANY, at, complain);
  numberOrExpression(batcher, 'MaxInputBytesPerBatch', 1, MOST_BYTES, at, complain);
  checkValue(batcher, at, {}, complain);
};

const checkWriter = (state: Json, place: string, complain: Complain): void => {
  const writer = objectAt(state, 'ResultWriter', place, complain);
  if (!writer) return;
  const at = `${place}/ResultWriter`;
  onlyFields(writer, ['Resource', 'Arguments', 'WriterConfig'], at, complain);
  if (writer['WriterConfig'] === undefined || writer['Arguments'] !== undefined) resourceOf(writer, at, complain);
  checkArguments(writer['Arguments'], `${at}/Arguments`, complain);
};

const LONGEST_LABEL = 40;
// biome-ignore lint/suspicious/noControlCharactersInRegex: AWS forbids them by name
const FORBIDDEN = /[\s?*<>{}[\]:;,\\|^~$#%&`"\u0000-\u001f\u007f-\u009f]/;

const checkLabel = ({ Label: label }: Json, place: string, complain: Complain): void => {
  if (label === undefined || (typeof label === 'string' && label !== '' && label.length <= LONGEST_LABEL && !FORBIDDEN.test(label))) return;
  const cause = `Label is not 1 to ${LONGEST_LABEL} characters without blanks, wildcards, brackets and special characters.`;
  complain(SCHEMA, `${place}/Label`, cause, 'Give it another name.');
};

export const checkMap = (state: Json, place: string, complain: Complain): void => {
  const { ItemProcessor: processor, Items: items } = state;
  if (isObject(processor)) checkProcessor(processor, `${place}/ItemProcessor`, complain);
  else complain(SCHEMA, `${place}/ItemProcessor`, 'A Map has no ItemProcessor.', 'Write the states that each item goes through.');
  if (items !== undefined && state['ItemReader'] !== undefined)
    complain(SCHEMA, `${place}/Items`, 'A Map has both Items and ItemReader.', 'Keep one.');
  if (items !== undefined && !Array.isArray(items) && !isObject(items) && !isExpressionText(items))
    complain(SCHEMA, `${place}/Items`, 'Items is neither a list nor an expression.', 'Write [ … ] or an expression that gives one.');
  checkLabel(state, place, complain);
  checkReader(state, place, complain);
  checkBatcher(state, place, complain);
  checkWriter(state, place, complain);
  numberOrExpression(state, 'MaxConcurrency', 0, MANY, place, complain);
  numberOrExpression(state, 'ToleratedFailureCount', 0, MANY, place, complain);
  numberOrExpression(state, 'ToleratedFailurePercentage', 0, 100, place, complain);
};
