import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { errorFields, say } from '../../../shared/lambda/log.ts';
import { packed } from '../../../shared/lambda/packed.ts';
import type { Clock, LogSink } from '../../../shared/lambda/runtime.ts';
import type { Normal } from '../delivery.ts';
import type { Later } from './screened.ts';
import { attributesOf } from './turns.ts';

/** SQS delays a message by whole seconds, this many at most; whoever's turn is later than that waits more than once. */
const LONGEST_DELAY_S = 900;
/** SQS takes ten messages and 1 MiB at once; half of that leaves room for what it counts beside the bodies. */
const AT_ONCE = 10;
const BYTES_AT_ONCE = 512 * 1024;

export interface LaterDeps {
  queue: SQSClient;
  /** The queues that `ingest` reads, by URL. */
  queueUrls: readonly string[];
  clock: Clock;
  log: LogSink;
}

/** A message that goes back, with those of its events that wait: it is put back once, for all of them. */
interface Back {
  readonly record: SQSRecord;
  readonly waiting: Later[];
}

const byMessage = (all: readonly Later[]): Back[] => {
  const messages = new Map<SQSRecord, Later[]>();
  for (const one of all) {
    const { record } = one.normal.delivery;
    messages.set(record, [...(messages.get(record) ?? []), one]);
  }
  return [...messages].map(([record, waiting]) => ({ record, waiting }));
};

const lastPart = (name: string, separator: string): string => name.slice(name.lastIndexOf(separator) + 1);

const queueOf = (queueUrls: readonly string[], { record }: Back): string => {
  const arn = record.eventSourceARN;
  const url = queueUrls.find((candidate) => lastPart(candidate, '/') === lastPart(arn, ':'));
  if (!url) throw new Error(`${arn} is none of the queues of ingest: ${queueUrls.join(', ')}`);
  return url;
};

const sizeOf = ({ record }: Back): number => Buffer.byteLength(record.body);

const inBatches = (all: readonly Later[], queueUrls: readonly string[]): { url: string; batch: Back[] }[] => {
  const queues = new Map<string, Back[]>();
  for (const one of byMessage(all)) {
    const url = queueOf(queueUrls, one);
    queues.set(url, [...(queues.get(url) ?? []), one]);
  }
  return [...queues].flatMap(([url, own]) => packed(own, { most: AT_ONCE, bytes: BYTES_AT_ONCE, sizeOf }).map((batch) => ({ url, batch })));
};

/** Seconds until `turn`, never fewer (both in ms): none where it came meanwhile. */
export const delayTo = (turn: number, now: number): number => Math.min(LONGEST_DELAY_S, Math.max(0, Math.ceil((turn - now) / 1000)));

/** It comes back for the first of those that wait; the others then wait once more. */
const entryOf = ({ record, waiting }: Back, at: number, now: number) => ({
  Id: String(at),
  MessageBody: record.body,
  DelaySeconds: delayTo(Math.min(...waiting.map(({ turn }) => turn)), now),
  MessageAttributes: attributesOf(waiting),
});

/**
 * Puts events back into the queue they came from, to be received when their turn has come; with that their first message is done.
 * Answers those that the queue did not take, whose first message must be delivered again.
 */
export const sendLater =
  ({ queue, queueUrls, clock, log }: LaterDeps) =>
  async (all: readonly Later[]): Promise<Normal[]> => {
    const normalsOf = (batch: readonly Back[]): Normal[] => batch.flatMap(({ waiting }) => waiting.map(({ normal }) => normal));
    const send = async ({ url, batch }: { url: string; batch: Back[] }): Promise<Normal[]> => {
      try {
        const { Failed = [] } = await queue.send(
          new SendMessageBatchCommand({ QueueUrl: url, Entries: batch.map((one, at) => entryOf(one, at, clock.now())) }),
        );
        for (const { Code } of Failed) say(log, 'warn', 'delay.failed', { error: Code });
        const failed = new Set(Failed.map(({ Id }) => Number(Id)));
        return normalsOf(batch.filter((_, at) => failed.has(at)));
      } catch (error) {
        say(log, 'warn', 'delay.failed', errorFields(error));
        return normalsOf(batch);
      }
    };
    return (await Promise.all(inBatches(all, queueUrls).map(send))).flat();
  };
