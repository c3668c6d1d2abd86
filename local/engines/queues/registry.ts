import { AwsError } from '../../kernel/aws-error.ts';
import type { Ground } from '../../kernel/engine.ts';
import { type Attributes, attributesOf, definitionOf, type QueueProperties } from './definition.ts';
import type { Message } from './message.ts';
import { Queue, type QueueEvents } from './queue.ts';

type Tags = Readonly<Record<string, string>>;

/** A queue and what the API tells of it. */
export interface Known {
  readonly queue: Queue;
  /** Whether the template defines it. */
  readonly template: boolean;
  /** Whether calls changed what the template says. */
  changed: boolean;
  tags: Tags;
  /** The template's own; a `Policy` attribute stands over it. */
  policy: string | undefined;
  readonly createdAt: number;
  modifiedAt: number;
}

/** All queues by name and ARN. */
export interface Registry {
  /** A queue of the template: keeps its messages where it is there already. */
  define(properties: QueueProperties): void;
  create(name: string, attributes: Attributes, tags: Tags, at: number): Known;
  redefine(known: Known, attributes: Attributes, at: number): void;
  delete(name: string): void;
  /** Template queues that a call deleted. */
  readonly gone: ReadonlySet<string>;
  find(name: string): Known | undefined;
  byArn(arn: string): Queue;
  /** The policy that a call gave a queue; undefined where the template's stands. */
  policyOf(arn: string): string | undefined;
  byUrl(url: unknown): Known;
  all(): IterableIterator<Known>;
  /** Ends replay, for all queues there are and all that are still to be made. */
  wakeUp(): void;
  arnOf(name: string): string;
}

export const last = (text: string, separator: string): string => text.slice(text.lastIndexOf(separator) + 1);

const NO_POLICY = '{"Statement":[]}';

export const sequenceOf = (message: Pick<Message, 'system'>): number => Number(message.system?.['SequenceNumber']?.slice(1) ?? 0);

export const absent = (): AwsError => new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');

export const createRegistry = ({ scheduler, region, account }: Ground, told: QueueEvents): Registry => {
  const byName = new Map<string, Known>();
  const byArn = new Map<string, Queue>();
  const ofTemplate = new Set<string>();
  const gone = new Set<string>();
  let awake = false;
  const arnOf = (name: string): string => `arn:aws:sqs:${region}:${account}:${name}`;

  const put = (name: string, attributes: Attributes, more: Omit<Known, 'queue' | 'modifiedAt'>): Known => {
    const definition = definitionOf(name, arnOf(name), attributes);
    const known = { queue: new Queue(definition, scheduler, told), ...more, modifiedAt: more.createdAt };
    byName.set(name, known);
    byArn.set(definition.arn, known.queue);
    if (awake) known.queue.wakeUp();
    return known;
  };

  return {
    define: (properties) => {
      const name = properties.QueueName;
      const attributes = attributesOf(properties);
      ofTemplate.add(name);
      const known = byName.get(name);
      if (known) known.queue.redefine(definitionOf(name, arnOf(name), attributes));
      else put(name, attributes, { template: true, changed: false, tags: {}, policy: undefined, createdAt: scheduler.now() });
    },
    create: (name, attributes, tags, createdAt) => {
      gone.delete(name);
      return put(name, attributes, { template: false, changed: true, tags, policy: undefined, createdAt });
    },
    redefine: (known, attributes, at) => {
      const { name, arn } = known.queue.definition;
      known.queue.redefine(definitionOf(name, arn, { ...known.queue.definition.attributes, ...attributes }));
      known.changed = true;
      known.modifiedAt = at;
    },
    delete: (name) => {
      const known = byName.get(name);
      if (!known) return;
      known.queue.purge();
      byName.delete(name);
      byArn.delete(known.queue.definition.arn);
      if (ofTemplate.has(name)) gone.add(name);
    },
    gone,
    find: (name) => byName.get(name),
    byArn: (arn) => {
      const queue = byArn.get(arn);
      if (!queue) throw absent();
      return queue;
    },
    policyOf: (arn) => {
      const given = byArn.get(arn)?.definition.attributes['Policy'];
      return given === '' ? NO_POLICY : given;
    },
    byUrl: (url) => {
      if (typeof url !== 'string') throw new AwsError('MissingParameter', 'The request must contain the parameter QueueUrl.');
      const known = byName.get(last(url, '/'));
      if (!known) throw absent();
      return known;
    },
    all: () => byName.values(),
    wakeUp: () => {
      awake = true;
      for (const { queue } of byName.values()) queue.wakeUp();
    },
    arnOf,
  };
};
