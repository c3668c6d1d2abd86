import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Scheduler } from '../../../local/kernel/scheduler.ts';

/** Just enough of SQS and EventBridge over HTTP for the plain SDK: what the wire must understand, written by hand. */
interface PutEntry {
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
  readonly EventBusName: string;
}

export const cardboardCloud = async () => {
  const put: PutEntry[] = [];
  const queues = new Map<string, string[]>();
  const deleted: string[] = [];
  const waiting: (() => void)[] = [];
  const changed = (): void => {
    for (const wake of waiting.splice(0)) wake();
  };

  const answers: Record<string, (input: Record<string, string> & { Entries: PutEntry[] }) => object> = {
    'AWSEvents.PutEvents': ({ Entries }) => {
      put.push(...Entries);
      changed();
      return { FailedEntryCount: 0, Entries: Entries.map(() => ({ EventId: 'id' })) };
    },
    'AmazonSQS.GetQueueUrl': ({ QueueName }) => ({ QueueUrl: `https://sqs.us-east-1.amazonaws.com/000000000000/${QueueName}` }),
    'AmazonSQS.ReceiveMessage': ({ QueueUrl = '' }) => {
      const name = QueueUrl.split('/').at(-1) ?? '';
      const bodies = queues.get(name)?.splice(0) ?? [];
      const Messages = bodies.map((Body, n) => ({
        MessageId: `${n}`,
        ReceiptHandle: `${name}/${n}`,
        Body,
        MD5OfBody: createHash('md5').update(Body).digest('hex'),
      }));
      return { Messages };
    },
    'AmazonSQS.DeleteMessageBatch': ({ Entries }) => {
      deleted.push(...(Entries as unknown as { ReceiptHandle: string }[]).map(({ ReceiptHandle }) => ReceiptHandle));
      changed();
      return { Successful: [], Failed: [] };
    },
  };
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const target = String(request.headers['x-amz-target']);
    const answer = answers[target]?.(JSON.parse(body));
    const send = (): unknown => response.setHeader('content-type', 'application/x-amz-json-1.0').end(JSON.stringify(answer));
    // An empty long poll is held until something happens, as SQS holds it.
    if (target === 'AmazonSQS.ReceiveMessage' && (answer as { Messages: unknown[] }).Messages.length === 0) waiting.push(send);
    else send();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await new Promise<void>((resolve) => waiting.push(resolve));
  };
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    put,
    deleted,
    until,
    send: (queue: string, detailType: string, detail: object): void => {
      queues.set(queue, [
        ...(queues.get(queue) ?? []),
        JSON.stringify({ version: '0', id: 'x', source: 'swoe', 'detail-type': detailType, detail }),
      ]);
      changed();
    },
    close: (): void => {
      changed();
      server.closeAllConnections();
      server.close();
    },
  };
};

/** A clock on which everything waits a hundredth of its time. */
export const hasty = (): Scheduler => ({
  now: () => Date.now(),
  after: (ms, task) => {
    const timer = setTimeout(task, ms / 100);
    return () => clearTimeout(timer);
  },
  random: () => 0.5,
  uuid: () => '00000000-0000-4000-8000-000000000000',
});
