import { DeleteMessageBatchCommand, GetQueueUrlCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { localAws } from '../../client/aws.ts';

export interface Letter {
  readonly body: string;
  /** Has the letter taken off the queue, soon; where that fails it is delivered once more. */
  readonly remove: () => void;
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

/** Deletes ten at a time and one call at a time: hundreds of answers in one second must not open hundreds of sockets. */
const createRemover = (client: SQSClient, onTrouble: (why: string) => void) => {
  let handles: string[] = [];
  let running = false;
  const flush = async (url: string): Promise<void> => {
    while (handles.length > 0) {
      const Entries = handles.slice(0, BATCH).map((ReceiptHandle, at) => ({ Id: String(at), ReceiptHandle }));
      handles = handles.slice(BATCH);
      await client
        .send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries }))
        .catch((error: Error) => onTrouble(`Letters could not be deleted and will come again: ${error.message}`));
    }
    running = false;
  };
  return {
    remove: (url: string, handle: string): void => {
      handles.push(handle);
      if (running) return;
      running = true;
      void Promise.resolve().then(() => flush(url));
    },
  };
};

/** Polls one SQS queue with the plain SDK until stopped. While the queue cannot be reached it says so once and tries every second. */
export const openInbox = ({ endpoint, queue, wait, onLetter, onTrouble }: Deps): Inbox => {
  const client = new SQSClient({ ...localAws(endpoint), maxAttempts: 1 });
  const stopping = new AbortController();
  const { signal } = stopping;

  const remover = createRemover(client, onTrouble);

  const poll = async (url: string): Promise<void> => {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({ QueueUrl: url, WaitTimeSeconds: WAIT_S, MaxNumberOfMessages: BATCH }),
      { abortSignal: signal },
    );
    for (const { Body = '', ReceiptHandle } of Messages) {
      if (ReceiptHandle) onLetter({ body: Body, remove: () => remover.remove(url, ReceiptHandle) });
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
