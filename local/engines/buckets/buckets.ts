import { AwsError } from '../../kernel/aws-error.ts';
import type { Ground, Serve } from '../../kernel/engine.ts';
import type { Durable } from '../../kernel/log.ts';
import { Bucket, type Stored } from './bucket.ts';

export interface Buckets extends Durable {
  /** A bucket of the template. */
  define(name: string): void;
  serve: Serve;
}

type Input = Readonly<Record<string, unknown>>;

interface PutRecord {
  readonly op: 'put';
  readonly bucket: string;
  readonly key: string;
  /** In base64. */
  readonly body: string;
  readonly type: string;
  readonly at: number;
}

const MOST_KEYS = 1000;
const LONGEST_KEY = 1024;

const missing = (what: string): AwsError => new AwsError('InvalidRequest', `The request says no ${what}.`);

const bytesOf = (body: unknown): Buffer => {
  if (typeof body === 'string') return Buffer.from(body, 'utf8');
  if (body instanceof Uint8Array) return Buffer.from(body);
  throw new AwsError('NotImplemented', 'The local S3 takes a body whole, as text or bytes.');
};

const keyIn = ({ Key }: Input): string => {
  if (typeof Key !== 'string' || Key === '') throw missing('key');
  if (Buffer.byteLength(Key) > LONGEST_KEY) throw new AwsError('KeyTooLongError', 'Your key is too long');
  return Key;
};

const answerOf = ({ bytes, type, etag, at }: Stored): Record<string, unknown> => ({
  Body: bytes,
  ContentLength: bytes.length,
  ContentType: type,
  ETag: etag,
  LastModified: new Date(at),
});

/** The part of S3 that keeps what is put: whole objects, each by its name. */
export const createBuckets = ({ scheduler, log, meter }: Ground): Buckets => {
  const buckets = new Map<string, Bucket>();

  const bucketIn = ({ Bucket: name }: Input): Bucket => {
    const bucket = buckets.get(String(name));
    if (!bucket) throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', { BucketName: name });
    return bucket;
  };
  const apply = ({ bucket, key, body, type, at }: PutRecord): Stored => {
    const known = buckets.get(bucket) ?? new Bucket();
    buckets.set(bucket, known);
    return known.put(key, Buffer.from(body, 'base64'), type, at);
  };

  const operations: Readonly<Record<string, (input: Input) => Record<string, unknown>>> = {
    PutObject: (input) => {
      const [bucket, key] = [bucketIn(input), keyIn(input)];
      const { Bucket: name, IfNoneMatch, ContentType = 'application/octet-stream' } = input;
      if (IfNoneMatch !== undefined && IfNoneMatch !== '*')
        throw new AwsError('NotImplemented', 'A header you provided implies functionality that is not implemented: If-None-Match takes *');
      if (IfNoneMatch === '*' && bucket.get(key))
        throw new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', {
          Condition: 'If-None-Match',
        });
      meter('s3', 'puts and lists', 1);
      const body = bytesOf(input['Body']).toString('base64');
      const record: PutRecord = { op: 'put', bucket: String(name), key, body, type: String(ContentType), at: scheduler.now() };
      const { etag } = apply(record);
      log.write('buckets', record);
      return { ETag: etag };
    },
    GetObject: (input) => {
      const stored = bucketIn(input).get(keyIn(input));
      if (!stored) throw new AwsError('NoSuchKey', 'The specified key does not exist.', { Key: input['Key'] });
      meter('s3', 'gets', 1);
      return answerOf(stored);
    },
    ListObjectsV2: (input) => {
      const bucket = bucketIn(input);
      const { Bucket: Name, Prefix = '', StartAfter = '', ContinuationToken, MaxKeys } = input;
      const most = Math.min(Number(MaxKeys ?? MOST_KEYS), MOST_KEYS);
      if (!(Number.isInteger(most) && most >= 0))
        throw new AwsError('InvalidArgument', 'Argument max-keys must be an integer of 0 or more');
      meter('s3', 'puts and lists', 1);
      const after = ContinuationToken === undefined ? String(StartAfter) : Buffer.from(String(ContinuationToken), 'base64url').toString();
      const found = bucket.list(String(Prefix), after, most + 1);
      const names = found.slice(0, most);
      const more = found.length > most && most > 0;
      const Contents = names.map((Key) => {
        const { bytes, etag, at } = bucket.get(Key) as Stored;
        return { Key, LastModified: new Date(at), ETag: etag, Size: bytes.length, StorageClass: 'STANDARD' };
      });
      const next = more ? { NextContinuationToken: Buffer.from(names.at(-1) ?? '').toString('base64url') } : {};
      return { Name, Prefix, MaxKeys: most, KeyCount: names.length, IsTruncated: more, Contents, ...next };
    },
  };

  return {
    name: 'buckets',
    define: (name) => void (buckets.has(name) || buckets.set(name, new Bucket())),
    serve: async (operation, input) => {
      const run = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
      if (!run) throw new AwsError('NotImplemented', `The local S3 does not serve ${operation}.`);
      const answer = run(input);
      await log.settled();
      return answer;
    },
    replay: (record) => void apply(record as PutRecord),
    snapshot: () =>
      [...buckets].flatMap(([bucket, objects]) =>
        Array.from(
          objects.all(),
          ([key, { bytes, type, at }]): PutRecord => ({ op: 'put', bucket, key, body: bytes.toString('base64'), type, at }),
        ),
      ),
    resume: () => {},
  };
};
