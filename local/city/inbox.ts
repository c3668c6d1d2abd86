import { DeleteMessageCommand, GetQueueUrlCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { localAws } from '../client/aws.ts';

export interface Letter {
  readonly body: string;
  /** Takes the letter off the queue. */
  readonly remove: () => Promise<void>;
}

export interface Inbox {
  stop(): void;
}

interface Deps {
  readonly endpoint: string;
  readonly queue: string;
  readonly wait: (ms: number) => Promise<void>;
  readonly onLetter: (letter: Letter) => void;
  readonly onTrouble: (why: string) => void;
}

const WAIT_S = 20;
const BATCH = 10;
const PAUSE_MS = 1000;

/** Polls one SQS queue with the plain SDK until stopped. While the queue cannot be reached it says so once and tries every second. */
export const openInbox = ({ endpoint, queue, wait, onLetter, onTrouble }: Deps): Inbox => {
  const client = new SQSClient({ ...localAws(endpoint), maxAttempts: 1 });
  const stopping = new AbortController();
  const { signal } = stopping;

  const poll = async (url: string): Promise<void> => {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({ QueueUrl: url, WaitTimeSeconds: WAIT_S, MaxNumberOfMessages: BATCH }),
      { abortSignal: signal },
    );
    for (const { Body = '', ReceiptHandle } of Messages) {
      onLetter({ body: Body, remove: async () => void (await client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }))) });
    }
  };

  const run = async (): Promise<void> => {
    let url: string | undefined;
    let troubled = false;
    while (!signal.aborted) {
      try {
        url ??= (await client.send(new GetQueueUrlCommand({ QueueName: queue }), { abortSignal: signal })).QueueUrl ?? '';
        await poll(url);
        troubled = false;
      } catch (error) {
        if (signal.aborted) break;
        if (!troubled) onTrouble(`${queue} cannot be read, trying again: ${error instanceof Error ? error.message : String(error)}`);
        troubled = true;
        await wait(PAUSE_MS);
      }
    }
    client.destroy();
  };
  void run();
  return { stop: () => stopping.abort() };
};
