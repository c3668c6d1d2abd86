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
const PREDEFINED = ['rule-arn', 'rule-name', 'event.ingestion-time', 'event', 'event.json'].map((name) => `aws.events.${name}`);

const invalid = (message: string): AwsError => new AwsError('ValidationException', message);

/** Steps of `$.a.b[0]['c d']`; undefined for a path this bus cannot read. */
const stepsOf = (path: string): string[] | undefined => {
  if (!/^\$(\.[\w-]+|\[\d+\]|\['[^']+'\])*$/.test(path)) return undefined;
  return [...path.matchAll(/\.([\w-]+)|\[(\d+)\]|\['([^']+)'\]/g)].map(([, name, index, quoted]) => name ?? index ?? quoted ?? '');
};

const reader = (target: TargetInput, path: string): ((event: BusEvent) => unknown) => {
  const steps = stepsOf(path);
  if (!steps) throw invalid(`Target ${target.Id}: the local bus reads only plain paths such as $.detail.units[0].id, not ${path}.`);
  return (event) =>
    steps.reduce<unknown>(
      (value, step) =>
        Object(value) === value && Object.hasOwn(value as object, step) ? (value as Record<string, unknown>)[step] : undefined,
      event,
    );
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

const transformer = (
  target: TargetInput,
  { InputPathsMap = {}, InputTemplate: template }: NonNullable<TargetInput['InputTransformer']>,
): Fill => {
  const paths = new Map(Object.entries(InputPathsMap).map(([name, path]) => [name, reader(target, path)]));
  for (const [, name = ''] of template.matchAll(PLACE))
    if (!paths.has(name) && !PREDEFINED.includes(name))
      throw invalid(`InputTemplate for target ${target.Id} contains invalid placeholder ${name}.`);
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
  const read = reader(target, InputPath);
  return (event) => JSON.stringify(read(event) ?? null);
};
