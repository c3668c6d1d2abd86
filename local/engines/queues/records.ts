import type { Sent } from './deduplication.ts';
import type { Attributes } from './definition.ts';
import type { Message, MessageAttributes } from './message.ts';
import type { MoveTask } from './move-tasks.ts';

/**
 * What the log keeps. Of visibility only this is kept: that a receive is over without a delete (`release`). One that is not over when
 * the log ends was cut off by the death of the machine.
 */
export type QueueRecord =
  | SendRecord
  | { op: 'take'; queue: string; ids: string[]; at: number }
  | { op: 'release'; queue: string; ids: string[] }
  | { op: 'drop'; queue: string; ids: string[] }
  | { op: 'move'; queue: string; id: string; to: string; at: number }
  | { op: 'purge'; queue: string }
  | { op: 'create'; queue: string; attributes: Attributes; tags: Readonly<Record<string, string>>; at: number; modifiedAt?: number }
  | { op: 'attributes'; queue: string; attributes: Attributes; at: number }
  | { op: 'tags'; queue: string; tags: Readonly<Record<string, string>> }
  | { op: 'delete'; queue: string }
  | { op: 'task'; task: MoveTask }
  // Only in snapshots:
  | ({ op: 'message'; queue: string } & Pick<
      Message,
      'id' | 'body' | 'sentAt' | 'attributes' | 'system' | 'state' | 'visibleAt' | 'count' | 'firstReceivedAt'
    > &
      Partial<Pick<Message, 'cutOff' | 'held'>>)
  | { op: 'fifo'; queue: string; sequence: number; sent: readonly [key: string, sent: Sent][] };

export interface SendRecord {
  op: 'send';
  queue: string;
  id: string;
  body: string;
  at: number;
  /** Absent where it is visible at once. */
  visibleAt?: number | undefined;
  attributes?: MessageAttributes | undefined;
  system?: Readonly<Record<string, string>> | undefined;
  /** Under what a FIFO queue knows it for five minutes. */
  key?: string | undefined;
}
