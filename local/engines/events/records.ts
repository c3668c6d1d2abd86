import type { PendingRecord } from '../delivery/pending.ts';
import type { ArchiveProperties, Packed } from './archives.ts';
import type { BusProperties, Statement } from './buses.ts';
import type { Delivery } from './deliver.ts';
import type { Replay } from './replays.ts';
import type { RuleProperties } from './rules.ts';

type Tags = Readonly<Record<string, string>>;

/** What the log keeps: what calls changed, what waits to be delivered, and what lies in archives. */
export type EventsRecord =
  | { op: 'bus'; properties: BusProperties; at: number }
  | { op: 'bus-gone'; name: string }
  | { op: 'policy'; bus: string; statements: readonly Statement[] }
  | { op: 'rule'; properties: RuleProperties }
  | { op: 'rule-gone'; bus: string; name: string }
  | { op: 'tags'; arn: string; tags: Tags }
  | PendingRecord<Delivery>
  | { op: 'archive'; properties: ArchiveProperties; at: number }
  | { op: 'archive-gone'; name: string }
  | { op: 'archived'; names: readonly string[]; time: number; at: number; text: string }
  | { op: 'replay'; replay: Replay }
  // Only in snapshots:
  | { op: 'packed'; name: string; packed: Packed };
