import { createHash } from 'node:crypto';
import { freeze, type Item } from '../values/attribute.ts';
import { itemSize } from '../values/size.ts';
import { pickNames, type Row } from './row.ts';

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

export interface RowChange {
  readonly old: Row | undefined;
  readonly next: Row | undefined;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly expired: boolean;
}

const DIGITS = 21;
const EXPIRED = { userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' } } as const;

/** The stream of one table: sequence numbers count from 1 and are never used twice. */
export class Stream {
  private records: StreamRecord[] = [];
  private trimmed = 0;
  private readonly listeners = new Set<() => void>();

  constructor(
    readonly arn: string,
    private readonly view: ViewType,
    private readonly region: string,
    private readonly keyNames: readonly string[],
  ) {}

  append({ old, next, at, expired }: RowChange): void {
    const sequence = this.trimmed + this.records.length + 1;
    const keys = pickNames((next ?? old)?.item ?? {}, this.keyNames);
    const newImage = next && (this.view === 'NEW_IMAGE' || this.view === 'NEW_AND_OLD_IMAGES') ? next : undefined;
    const oldImage = old && (this.view === 'OLD_IMAGE' || this.view === 'NEW_AND_OLD_IMAGES') ? old : undefined;
    const record: StreamRecord = {
      eventID: createHash('md5').update(`${this.arn} ${sequence}`).digest('hex'),
      eventName: next ? (old ? 'MODIFY' : 'INSERT') : 'REMOVE',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: this.region,
      dynamodb: {
        ApproximateCreationDateTime: Math.floor(at / 1000),
        Keys: keys,
        ...(newImage ? { NewImage: newImage.item } : {}),
        ...(oldImage ? { OldImage: oldImage.item } : {}),
        SequenceNumber: String(sequence).padStart(DIGITS, '0'),
        SizeBytes: itemSize(keys) + (newImage?.size ?? 0) + (oldImage?.size ?? 0),
        StreamViewType: this.view,
      },
      eventSourceARN: this.arn,
      ...(expired ? EXPIRED : {}),
    };
    // Readers share it with each other and with the table.
    this.records.push(freeze(record));
  }

  read(after: number, limit: number): StreamRecord[] {
    const from = Math.max(0, after - this.trimmed);
    return this.records.slice(from, from + limit);
  }

  /** Forgets the records up to this sequence number; answers whether there were any. */
  trim(upTo: number): boolean {
    const gone = Math.min(upTo - this.trimmed, this.records.length);
    if (gone <= 0) return false;
    this.records.splice(0, gone);
    this.trimmed += gone;
    return true;
  }

  /** The last sequence number given before this time, in seconds; what is older has outlived the stream's 24 hours. */
  lastBefore(seconds: number): number {
    const first = this.records.findIndex(({ dynamodb }) => dynamodb.ApproximateCreationDateTime >= seconds);
    return this.trimmed + (first < 0 ? this.records.length : first);
  }

  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  wake(): void {
    for (const listener of this.listeners) listener();
  }
}
