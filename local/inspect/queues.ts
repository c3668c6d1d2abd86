import { reasonOf } from '../tools/given-up.ts';
import type { Look } from './look.ts';
import { itemsOf } from './tables.ts';
import { moment, type Show, type View } from './view.ts';

const ARN = /^arn:aws:sqs:/;

/** Queues that something else names as the place for what it gave up. */
const deadLetterArns = ({ machine: { template } }: Look): Set<string> => {
  const found = new Set<string>();
  const search = (value: unknown, key: string): void => {
    if (typeof value === 'string' && ARN.test(value) && /^(deadLetterTargetArn|Arn|Destination|TargetArn)$/.test(key)) found.add(value);
    else if (typeof value === 'object' && value !== null) for (const [name, inner] of Object.entries(value)) search(inner, name);
  };
  for (const { properties } of template.resources)
    for (const name of ['RedrivePolicy', 'DeadLetterConfig', 'DestinationConfig']) search(properties[name], name);
  for (const { properties } of template.ofType('AWS::Events::Rule', 'AWS::Scheduler::Schedule'))
    for (const target of [properties['Targets'], properties['Target']].flat())
      search((target as { DeadLetterConfig?: unknown } | undefined)?.DeadLetterConfig, 'DeadLetterConfig');
  return found;
};

const allQueues = ({ machine }: Look): { name: string; arn: string }[] =>
  machine.template
    .ofType('AWS::SQS::Queue')
    .map(({ attributes }) => ({ name: String(attributes['QueueName']), arn: String(attributes['Arn']) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));

export const queues: Show = async (look) => {
  const dead = deadLetterArns(look);
  const rows = allQueues(look).map(({ name, arn }) => ({
    queue: name,
    ...look.machine.engines.queues.counts(arn),
    'dead letters': dead.has(arn) ? 'yes' : '',
  }));
  return [{ title: 'Queues', rows, none: 'the template has none' }];
};

const lettersIn = (look: Look, name: string, arn: string): View['rows'] => {
  const rows: Record<string, unknown>[] = [];
  // Taking changes only the copy in this process.
  for (let taken = look.machine.engines.queues.take(arn, 10); taken.length > 0; taken = look.machine.engines.queues.take(arn, 10))
    for (const { attributes, messageAttributes, body } of taken)
      rows.push({ queue: name, at: moment(Number(attributes['SentTimestamp'])), reason: reasonOf(attributes, messageAttributes), body });
  return rows;
};

export const deadLetters: Show = async (look) => {
  const dead = deadLetterArns(look);
  const stored = look.machine.template.ofType('AWS::DynamoDB::Table').filter(({ ref }) => ref.endsWith('-dead-letters'));
  const events = (await Promise.all(stored.map(({ ref }) => itemsOf(look, ref)))).flat();
  return [
    {
      title: 'Events that could not be taken in',
      rows: events
        .filter(({ sk }) => sk === 'HEAD')
        .map(({ at, source, detailType, reason, path, body, state }) => ({
          at,
          source,
          detailType,
          reason,
          ...(path ? { path } : {}),
          state,
          body,
        })),
      none: 'none',
    },
    {
      title: 'Messages given up',
      rows: allQueues(look)
        .filter(({ arn }) => dead.has(arn))
        .flatMap(({ name, arn }) => lettersIn(look, name, arn)),
      none: 'none',
    },
  ];
};
