import type { CompiledPattern } from '../../../shared/pattern/index.ts';
import { AwsError } from '../../kernel/aws-error.ts';
import { type Archived, type ArchiveStore, createArchiveStore } from './archive-store.ts';
import type { BusEvent } from './event.ts';
import { compileText } from './test-event-pattern.ts';

/** `AWS::Events::Archive` properties and the input of `CreateArchive`. */
export interface ArchiveProperties {
  readonly ArchiveName: string;
  readonly SourceArn: string;
  readonly Description?: string | undefined;
  readonly EventPattern?: object | string | undefined;
  /** 0: for ever. */
  readonly RetentionDays?: number | string | undefined;
  readonly KmsKeyIdentifier?: string | undefined;
}

export interface Archive {
  readonly properties: ArchiveProperties;
  readonly name: string;
  readonly arn: string;
  readonly patternText: string | undefined;
  readonly pattern: CompiledPattern | undefined;
  readonly retentionMs: number;
  readonly createdAt: number;
  readonly template: boolean;
  readonly store: ArchiveStore;
}

/** A segment as a record says it. */
export interface Packed {
  readonly from: number;
  readonly to: number;
  readonly until: number;
  readonly count: number;
  readonly bytes: number;
  readonly data: string;
}

const DAY_MS = 86_400_000;

const textOf = (pattern: object | string | undefined): string | undefined =>
  pattern === undefined || typeof pattern === 'string' ? pattern : JSON.stringify(pattern);

export const archiveOf = (
  properties: ArchiveProperties,
  arn: string,
  createdAt: number,
  { template, store = createArchiveStore() }: { template: boolean; store?: ArchiveStore | undefined },
): Archive => {
  const { ArchiveName: name, RetentionDays = 0 } = properties;
  if (!/^[.\-_A-Za-z0-9]{1,48}$/.test(name ?? ''))
    throw new AwsError('ValidationException', "The name of an archive has 1 to 48 letters, digits, '.', '-' or '_'.");
  const days = Number(RetentionDays);
  if (!Number.isInteger(days) || days < 0)
    throw new AwsError('ValidationException', 'RetentionDays must be a whole number of days, 0 for ever.');
  const patternText = textOf(properties.EventPattern);
  const pattern = patternText === undefined ? undefined : compileText(patternText);
  return { properties, name, arn, patternText, pattern, retentionMs: days * DAY_MS, createdAt, template, store };
};

/** Whether an archive keeps this event. What a replay brings is in one already. */
export const wants = ({ pattern }: Archive, event: BusEvent): boolean =>
  event['replay-name'] === undefined && (!pattern || pattern.matches(event));

/** Drops what the archive need not keep any longer. */
export const tidy = ({ retentionMs, store }: Archive, now: number): void => {
  if (retentionMs > 0) store.forgetBefore(now - retentionMs);
};

/** What a snapshot says of an archive. A segment never changes, so its text is made when the log writes it, not in the snapshot's turn. */
export const packedOf = ({ store }: Archive): { packed: Packed[]; loose: readonly Archived[] } => ({
  packed: store.segments().map(({ data, ...more }) => ({
    ...more,
    get data() {
      return data.toString('base64');
    },
  })),
  loose: store.loose(),
});
