import { type Do, failureOf } from './actions.ts';

/** AWS SDK integrations: any operation of the services that run here, with its parameters in PascalCase. */

interface Sdk {
  readonly service: string;
  /** How its errors are named: `DynamoDb.ResourceNotFoundException`. */
  readonly prefix: string;
  /** Its own wire has camelCase members, which Step Functions shows in PascalCase. */
  readonly camel?: true;
}

const SERVICES: Readonly<Record<string, Sdk>> = {
  dynamodb: { service: 'dynamodb', prefix: 'DynamoDb' },
  eventbridge: { service: 'events', prefix: 'EventBridge' },
  lambda: { service: 'lambda', prefix: 'Lambda' },
  scheduler: { service: 'scheduler', prefix: 'Scheduler' },
  sfn: { service: 'states', prefix: 'Sfn', camel: true },
  sqs: { service: 'sqs', prefix: 'Sqs' },
};

/** Every member's name with its first letter turned; texts within stay as they are. */
const turned = (value: unknown, turn: (letter: string) => string): unknown => {
  if (Array.isArray(value)) return value.map((item) => turned(item, turn));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [turn(name.charAt(0)) + name.slice(1), turned(member, turn)]));
};

const lower = (letter: string): string => letter.toLowerCase();
const upper = (letter: string): string => letter.toUpperCase();

/** What `aws-sdk:<service>:<action>` does; undefined where the service does not run here. */
export const sdkAction = (name: string, action: string): Do | undefined => {
  const sdk = Object.hasOwn(SERVICES, name) ? SERVICES[name] : undefined;
  if (!sdk) return undefined;
  const { service, prefix, camel } = sdk;
  const operation = upper(action.charAt(0)) + action.slice(1);
  return async ({ call }, given, { roleArn }) => {
    try {
      const output = await call(roleArn, service, operation, (camel ? turned(given, lower) : { ...given }) as Record<string, unknown>);
      return { ok: true, output: camel ? turned(output, upper) : output };
    } catch (error) {
      return failureOf(error, prefix);
    }
  };
};
