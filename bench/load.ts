import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Machine } from '../local/machine.ts';
import type { ActionRequested } from '../shared/contracts/action.ts';
import { BASE_PATH } from '../shared/contracts/endpoints.ts';
import type { JournalEntry } from '../shared/contracts/journal.ts';
import { subsystems } from '../workflows/vocabulary/index.ts';

/** What a bench does to a machine from outside: events in, subsystems that do at once what they are asked, a watch commander who says yes. */

const JOURNAL = 'swoe-dev-journal';
const PUT_AT_ONCE = 10;

export interface Event {
  readonly source: string;
  readonly type: string;
  readonly detail: object;
}

export const put = async (machine: Machine, events: readonly Event[]): Promise<void> => {
  for (let from = 0; from < events.length; from += PUT_AT_ONCE) {
    const Entries = events
      .slice(from, from + PUT_AT_ONCE)
      .map(({ source, type, detail }) => ({ EventBusName: 'swoe', Source: source, DetailType: type, Detail: JSON.stringify(detail) }));
    const answer = await machine.call(machine.localUser, 'events', 'PutEvents', { Entries });
    if (answer['FailedEntryCount'] !== 0) throw new Error(`An event was refused: ${JSON.stringify(answer)}`);
  }
};

/** Tells every journal entry in the turn in which it is written, without asking the machine for anything. */
export const watchJournal = (machine: Machine, heard: (entry: JournalEntry) => void): void => {
  let after = 0;
  machine.engines.dynamodb.onStream(JOURNAL, () => {
    for (const { dynamodb } of machine.engines.dynamodb.readStream(JOURNAL, after, 10_000)) {
      after = Number(dynamodb.SequenceNumber);
      if (dynamodb.NewImage) heard(unmarshall(dynamodb.NewImage as Parameters<typeof unmarshall>[0]) as JournalEntry);
    }
  });
};

/** Every subsystem of the vocabulary answers in the turn in which it hears. Returns what ends them. */
export const answerAll = (machine: Machine): (() => void) => {
  let stopped = false;
  const serve = async (subsystem: string): Promise<void> => {
    const QueueUrl = `http://127.0.0.1:4566/000000000000/swoe-dev-actions-${subsystem}`;
    while (!stopped) {
      const { Messages = [] } = (await machine.call(machine.localUser, 'sqs', 'ReceiveMessage', {
        QueueUrl,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: 20,
      })) as { Messages?: { Body: string; ReceiptHandle: string }[] };
      const asked = Messages.map(({ Body }) => JSON.parse(Body) as { 'detail-type': string; detail: ActionRequested });
      await put(
        machine,
        asked
          .filter((letter) => letter['detail-type'] === 'action.requested')
          .map(({ detail }) => ({ source: subsystem, type: 'action.completed', detail: { actionId: detail.actionId } })),
      );
      if (Messages.length === 0) continue;
      const Entries = Messages.map(({ ReceiptHandle }, at) => ({ Id: String(at), ReceiptHandle }));
      await machine.call(machine.localUser, 'sqs', 'DeleteMessageBatch', { QueueUrl, Entries });
    }
  };
  for (const subsystem of subsystems) void serve(subsystem);
  return () => {
    stopped = true;
  };
};

/** A watch commander who approves over REST whatever the journal says was asked. */
export const approver = async (machine: Machine): Promise<(entry: JournalEntry) => void> => {
  const authorization = `Bearer ${await machine.identity.token('watch_commander', { ttl: 3600 })}`;
  return ({ kind, data }) => {
    if (kind !== 'approval.requested') return;
    const body = JSON.stringify({ answer: 'approve', reason: 'two patrols ask for it', factsHash: data['factsHash'] });
    const path = `${BASE_PATH}/approvals/${encodeURIComponent(String(data['approvalId']))}`;
    void machine.gateway
      .request({ method: 'POST', path, headers: { authorization, 'content-type': 'application/json' }, body })
      .then(({ status, body: said }) => {
        if (status !== 202) throw new Error(`An approval was answered with ${status}: ${String(said)}`);
      });
  };
};
