import { createHash } from 'node:crypto';
import { freeze, type Item } from '../values/attribute.ts';
import { itemSize } from '../values/size.ts';
import { pickNames } from './row.ts';

export type ViewType = 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES';

/** One change of an item, in the shape in which Lambda's event source mapping hands it to a function. */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly eventVersion: '1.1';
  readonly eventSource: 'aws:dynamodb';
  readonly awsRegion: string;
  readonly dynamodb: {
    /** Seconds since the epoch. */
    readonly ApproximateCreationDateTime: number;
    readonly Keys: Item;
    readonly NewImage?: Item;
    readonly OldImage?: Item;
    readonly SequenceNumber: string;
    readonly SizeBytes: number;
    readonly StreamViewType: ViewType;
  };
  readonly eventSourceARN: string;
  /** Present when time to live removed the item. */
  readonly userIdentity?: { readonly type: 'Service'; readonly principalId: 'dynamodb.amazonaws.com' };
}

/** A change as it is kept: its record is made when somebody reads it. */
export interface Change {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly old: Item | undefined;
  readonly next: Item | undefined;
  readonly expired: boolean;
}

interface Kept extends Change {
  made?: StreamRecord;
}

const DIGITS = 21;
const DAY_MS = 24 * 3600_000;
const EXPIRED = { userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' } } as const;

/** The stream of one table: sequence numbers count from 1 and are never used twice. */
export class Stream {
  private kept: Kept[] = [];
  private forgotten = 0;
  private readonly listeners = new Set<() => void>();
  private readonly idPrefix: string;

  constructor(
    readonly arn: string,
    readonly view: ViewType,
    private readonly region: string,
    private readonly keyNames: readonly string[],
  ) {
    this.idPrefix = createHash('md5').update(arn).digest('hex').slice(0, 16);
  }

  /** Adds a change; what is a day older than it goes. */
  append({ at, old, next, expired }: Change): void {
    this.kept.push({ at, old, next, expired });
    if ((this.kept[0] as Kept).at <= at - DAY_MS) this.trim(this.forgotten + this.kept.findIndex((change) => change.at > at - DAY_MS));
  }

  get label(): string {
    return this.arn.slice(this.arn.lastIndexOf('/') + 1);
  }

  /** A sequence number as records show it. */
  numberOf(sequence: number): string {
    return String(sequence).padStart(DIGITS, '0');
  }

  /** The sequence number up to which everything is forgotten. */
  get trimmed(): number {
    return this.forgotten;
  }

  /** The sequence number given last. */
  get last(): number {
    return this.forgotten + this.kept.length;
  }

  read(after: number, limit: number): StreamRecord[] {
    const from = Math.max(0, after - this.forgotten);
    return this.kept.slice(from, from + limit).map((change, at) => {
      change.made ??= this.recordOf(change, this.forgotten + from + at + 1);
      return change.made;
    });
  }

  private recordOf({ at, old, next, expired }: Change, sequence: number): StreamRecord {
    const keys = pickNames(next ?? old ?? {}, this.keyNames);
    const newImage = this.view === 'NEW_IMAGE' || this.view === 'NEW_AND_OLD_IMAGES' ? next : undefined;
    const oldImage = this.view === 'OLD_IMAGE' || this.view === 'NEW_AND_OLD_IMAGES' ? old : undefined;
    // Readers share it with each other and with the table.
    return freeze({
      eventID: this.idPrefix + sequence.toString(16).padStart(16, '0'),
      eventName: next ? (old ? 'MODIFY' : 'INSERT') : 'REMOVE',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: this.region,
      dynamodb: {
        ApproximateCreationDateTime: Math.floor(at / 1000),
        Keys: keys,
        ...(newImage ? { NewImage: newImage } : {}),
        ...(oldImage ? { OldImage: oldImage } : {}),
        SequenceNumber: this.numberOf(sequence),
        SizeBytes: itemSize(keys) + (newImage ? itemSize(newImage) : 0) + (oldImage ? itemSize(oldImage) : 0),
        StreamViewType: this.view,
      },
      eventSourceARN: this.arn,
      ...(expired ? EXPIRED : {}),
    });
  }

  /** What is kept, with no more of each item than its record will show. */
  changes(): Change[] {
    const shown = (item: Item | undefined, views: readonly ViewType[]): Item | undefined =>
      item && (views.includes(this.view) ? item : pickNames(item, this.keyNames));
    return this.kept.map(({ at, old, next, expired }) => ({
      at,
      old: shown(old, ['OLD_IMAGE', 'NEW_AND_OLD_IMAGES']),
      next: shown(next, ['NEW_IMAGE', 'NEW_AND_OLD_IMAGES']),
      expired,
    }));
  }

  /** Forgets the records up to this sequence number; answers whether there were any. */
  trim(upTo: number): boolean {
    const gone = Math.min(upTo - this.forgotten, this.kept.length);
    if (gone <= 0) return false;
    this.kept.splice(0, gone);
    this.forgotten += gone;
    return true;
  }

  /** A fresh stream goes on after this sequence number. */
  beginAfter(sequence: number): void {
    this.forgotten = sequence;
  }

  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  wake(): void {
    for (const listener of this.listeners) listener();
  }
}
