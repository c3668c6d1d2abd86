import { AwsError } from '../../../kernel/aws-error.ts';
import { checkAttributes, checkName } from '../attribute-rules.ts';
import { pick, queueAttributes } from '../attributes.ts';
import { missing } from '../check.ts';
import { type Attributes, DEFAULTS, FIFO_DEFAULTS } from '../definition.ts';
import type { QueueRecord } from '../records.ts';
import { absent, type Known } from '../registry.ts';
import type { Desk, Input, Operations } from './operation.ts';
import { page } from './page.ts';
import { checkPolicy, setAttributes } from './permissions.ts';

type Tags = Readonly<Record<string, string>>;

const QUIET_MS = 60_000;
const MAX_TAGS = 50;

const texts = (value: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries((value ?? {}) as Record<string, unknown>).map(([name, text]) => [name, String(text)]));

/** Whether a create asks for what is already there. */
const same = ({ queue }: Known, wanted: Attributes): boolean =>
  Object.entries(wanted).every(([name, value]) => queue.definition.attributes[name] === value);

/** Operations on queues themselves. */
export const manageOperations = (desk: Desk): Operations => {
  const { ground, registry, store, urlOf } = desk;
  const { scheduler, log } = ground;
  const write = (record: QueueRecord): void => log.write('queues', record);
  const known = (input: Input): Known => registry.byUrl(input['QueueUrl']);
  const purgedAt = new Map<string, number>();
  const deletedAt = new Map<string, number>();
  const within = (times: ReadonlyMap<string, number>, name: string): boolean =>
    scheduler.now() - (times.get(name) ?? Number.NEGATIVE_INFINITY) < QUIET_MS;

  const create = (name: string, attributes: Attributes, tags: Tags): Known => {
    const at = scheduler.now();
    write({ op: 'create', queue: name, attributes, tags, at });
    return registry.create(name, attributes, tags, at);
  };
  const setTags = (one: Known, tags: Tags): Record<string, unknown> => {
    if (Object.keys(tags).length > MAX_TAGS)
      throw new AwsError('InvalidParameterValue', `Too many tags added for queue. Maximum number of tags is ${MAX_TAGS}.`);
    write({ op: 'tags', queue: one.queue.definition.name, tags });
    one.tags = tags;
    one.changed = true;
    return {};
  };

  return {
    CreateQueue: (input) => {
      const attributes = texts(input['Attributes']);
      const fifo = attributes['FifoQueue'] === 'true';
      const name = checkName(input['QueueName'], fifo);
      checkAttributes(attributes, fifo);
      checkPolicy(desk, attributes);
      const there = registry.find(name);
      if (there && same(there, { ...(fifo ? FIFO_DEFAULTS : DEFAULTS), ...attributes })) return { QueueUrl: urlOf(there) };
      if (there && !same(there, attributes))
        throw new AwsError('QueueNameExists', 'A queue already exists with the same name and a different value for an attribute.');
      if (there) return { QueueUrl: urlOf(there) };
      if (within(deletedAt, name))
        throw new AwsError(
          'QueueDeletedRecently',
          'You must wait 60 seconds after deleting a queue before you can create another with the same name.',
        );
      return { QueueUrl: urlOf(create(name, attributes, texts(input['tags']))) };
    },
    DeleteQueue: (input) => {
      const { name } = known(input).queue.definition;
      write({ op: 'delete', queue: name });
      registry.delete(name);
      deletedAt.set(name, scheduler.now());
      return {};
    },
    GetQueueUrl: (input) => {
      const there = registry.find(String(input['QueueName'] ?? ''));
      if (!there) throw absent();
      return { QueueUrl: urlOf(there) };
    },
    ListQueues: (input) => {
      const prefix = String(input['QueueNamePrefix'] ?? '');
      const urls = [...registry.all()].filter(({ queue }) => queue.definition.name.startsWith(prefix)).map(urlOf);
      const { items, NextToken } = page(urls, input);
      return { QueueUrls: items, NextToken };
    },
    ListDeadLetterSourceQueues: (input) => {
      const { arn } = known(input).queue.definition;
      const sources = [...registry.all()].filter(({ queue }) => queue.definition.redrive?.deadLetterArn === arn).map(urlOf);
      const { items, NextToken } = page(sources, input);
      return { queueUrls: items, NextToken };
    },
    GetQueueAttributes: (input) => ({ Attributes: pick(queueAttributes(known(input)), input['AttributeNames']) }),
    SetQueueAttributes: (input) => {
      const one = known(input);
      const attributes = texts(input['Attributes']);
      const { fifo } = one.queue.definition;
      if (Object.keys(attributes).length === 0) throw missing('Attributes');
      if (attributes['FifoQueue'] !== undefined)
        throw new AwsError('InvalidAttributeName', 'You can specify the FifoQueue attribute only during queue creation.');
      checkAttributes(attributes, fifo);
      setAttributes(desk, one, attributes);
      return {};
    },
    PurgeQueue: (input) => {
      const { queue } = known(input);
      const { name } = queue.definition;
      if (within(purgedAt, name))
        throw new AwsError('PurgeQueueInProgress', `Only one PurgeQueue operation on ${name} is allowed every 60 seconds.`);
      purgedAt.set(name, scheduler.now());
      store.purge(queue);
      return {};
    },
    TagQueue: (input) => {
      const one = known(input);
      return setTags(one, { ...one.tags, ...texts(input['Tags']) });
    },
    UntagQueue: (input) => {
      const one = known(input);
      const away = new Set((input['TagKeys'] ?? []) as string[]);
      return setTags(one, Object.fromEntries(Object.entries(one.tags).filter(([name]) => !away.has(name))));
    },
    ListQueueTags: (input) => ({ Tags: known(input).tags }),
  };
};
