import { AwsError } from '../../kernel/aws-error.ts';
import { type BusEvent, wholeSeconds } from './event.ts';

/** The members of a rule's target that say what it is sent. */
export interface TargetInput {
  Id: string;
  Input?: string;
  InputPath?: string;
  InputTransformer?: { InputPathsMap?: Record<string, string>; InputTemplate: string };
}

/** What a template may name beside its own paths. */
interface Origin {
  readonly ruleArn: string;
  readonly ruleName: string;
  /** Milliseconds since the epoch. */
  readonly ingestedAt: number;
}

/** The body for one event; undefined where the filled template is no JSON, which EventBridge then never delivers. */
export type Fill = (event: BusEvent, text: string, origin: Origin) => string | undefined;

const PLACE = /<([^<>\s]+)>/g;
const RESERVED = 'aws.events.';
const WHOLE_EVENT = 'aws.events.event.json';
const MOST_PATHS = 100;
const LONGEST_TEMPLATE = 8192;
const PREDEFINED = ['rule-arn', 'rule-name', 'event.ingestion-time', 'event', 'event.json'].map((name) => `${RESERVED}${name}`);

const invalid = (message: string): AwsError => new AwsError('ValidationException', message);

type Read = (event: BusEvent) => unknown;

const ALL = '*';
const PLAIN = /^\$(\.(\*|[\w/-]+)|\[(\d+|\*)\])*$/;

/** Steps of `$.a.b[0].*`; undefined for a path this bus cannot read. */
const stepsOf = (path: string): string[] | undefined =>
  PLAIN.test(path) ? [...path.matchAll(/\.(\*|[\w/-]+)|\[(\d+|\*)\]/g)].map(([, name, index]) => name ?? index ?? '') : undefined;

const memberOf = (value: unknown, step: string): unknown =>
  Object(value) === value && Object.hasOwn(value as object, step) ? (value as Record<string, unknown>)[step] : undefined;

/** From a star on it is the list of what is found. */
const readSteps = (value: unknown, [step, ...rest]: readonly string[]): unknown => {
  if (step === undefined) return value;
  if (step !== ALL) return readSteps(memberOf(value, step), rest);
  const members = Object(value) === value ? Object.values(value as object) : [];
  const found = members.map((member: unknown) => readSteps(member, rest)).filter((one) => one !== undefined);
  return rest.includes(ALL) ? found.flat() : found;
};

/** AWS reads no path that does not start at `$`, and no name in brackets. `where` is what in the target says the path. */
const reader = ({ Id }: TargetInput, where: string, path: string): Read => {
  if (!path.startsWith('$') || /\[\s*['"]/.test(path)) throw invalid(`InputPath for target ${Id} is invalid.`);
  const steps = stepsOf(path);
  if (!steps) throw invalid(`${where} for target ${Id}: the local bus reads only plain paths such as $.detail.units[0].id, not ${path}.`);
  return (event) => readSteps(event, steps);
};

const failed = (where: string, constraint: string): AwsError =>
  invalid(`1 validation error detected: Value at '${where}' failed to satisfy constraint: ${constraint}`);

/** The paths of a transformer by their names. */
const readers = (target: TargetInput, paths: Record<string, string>): Map<string, Read> => {
  const names = Object.keys(paths);
  const where = `targets.${target.Id}.inputTransformer.inputPathsMap`;
  if (names.length > MOST_PATHS) throw failed(where, `Member must have length less than or equal to ${MOST_PATHS}`);
  const reserved = names.find((name) => name.startsWith(RESERVED));
  if (reserved) throw failed(`${where}.${reserved}`, `Map keys must not begin with ${RESERVED}`);
  return new Map(names.map((name) => [name, reader(target, `InputPathsMap.${name}`, paths[name] ?? '')]));
};

const predefined = (name: string, event: BusEvent, { ruleArn, ruleName, ingestedAt }: Origin): unknown => {
  if (name === 'aws.events.rule-arn') return ruleArn;
  if (name === 'aws.events.rule-name') return ruleName;
  if (name === 'aws.events.event.ingestion-time') return wholeSeconds(ingestedAt);
  const { detail, ...head } = event;
  return name === 'aws.events.event' ? head : { ...head, detail };
};

/** A value inside text: bare, and objects in JSON without its quotes. */
const bare = (value: unknown): string => {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value).replaceAll('"', '');
};

/** A value between the quotes of a JSON template. An object there spoils the JSON, as it does in AWS. */
const quoted = (value: unknown): string => {
  if (value === undefined) return '';
  return typeof value === 'string' ? JSON.stringify(value).slice(1, -1) : JSON.stringify(value);
};

/** Whether a place lies between quotes: an odd number of them stands before it. */
const inQuotes = (before: string): boolean => (before.replace(/\\./g, '').match(/"/g)?.length ?? 0) % 2 === 1;

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const checkTemplate = ({ Id }: TargetInput, template: string, paths: ReadonlyMap<string, Read>): void => {
  if (template.length < 1 || template.length > LONGEST_TEMPLATE)
    throw failed(`targets.${Id}.inputTransformer.inputTemplate`, `Member must have length between 1 and ${LONGEST_TEMPLATE}, inclusive`);
  for (const [, name = ''] of template.matchAll(PLACE)) {
    if (!paths.has(name) && !PREDEFINED.includes(name))
      throw invalid(`InputTemplate for target ${Id} contains invalid placeholder ${name}.`);
    if (name === WHOLE_EVENT && !template.trimStart().startsWith('{'))
      throw invalid(`InputTemplate for target ${Id} contains placeholder ${name} valid only for JSON template.`);
  }
};

const transformer = (
  target: TargetInput,
  { InputPathsMap = {}, InputTemplate: template }: NonNullable<TargetInput['InputTransformer']>,
): Fill => {
  const paths = readers(target, InputPathsMap);
  checkTemplate(target, template, paths);
  const isText = template.trimStart().startsWith('"');
  return (event, _text, origin) => {
    const filled = template.replace(PLACE, (_place, name: string, at: number) => {
      const read = paths.get(name);
      const value = read ? read(event) : predefined(name, event, origin);
      if (isText) return bare(value);
      return inQuotes(template.slice(0, at)) ? quoted(value) : JSON.stringify(value ?? '');
    });
    return isText || isJson(filled) ? filled : undefined;
  };
};

/** Reads what a target wants once, when its rule is defined; throws AWS's ValidationException. */
export const fillerOf = (target: TargetInput): Fill => {
  const { Id, Input, InputPath, InputTransformer } = target;
  if ([Input, InputPath, InputTransformer].filter((member) => member !== undefined).length > 1)
    throw invalid(`Only one of Input, InputPath, or InputTransformer must be provided for target ${Id}.`);
  if (InputTransformer) return transformer(target, InputTransformer);
  if (Input !== undefined) return () => Input;
  if (InputPath === undefined || InputPath === '$') return (_event, text) => text;
  const read = reader(target, 'InputPath', InputPath);
  return (event) => JSON.stringify(read(event) ?? null);
};
