import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { Checkpoint } from '../contracts/checkpoint.ts';

export const CHECKPOINTS = 'checkpoints/';
const HIGHEST = 999_999_999_999;

/** S3 lists by name, upwards: the newest checkpoint has the smallest name. */
export const nameOfCheckpoint = (counter: number): string => `${CHECKPOINTS}${String(HIGHEST - counter).padStart(12, '0')}.json`;

/** Over the network a body is a stream; in this process it is bytes. */
const textOf = async (body: unknown): Promise<string> =>
  body instanceof Uint8Array
    ? Buffer.from(body).toString('utf8')
    : await (body as { transformToString(): Promise<string> }).transformToString();

/** Another was faster (412), or is just being as fast (409). */
const TAKEN = new Set(['PreconditionFailed', 'ConditionalRequestConflict']);

/** The bucket of checkpoints: each is put once, and nothing can change or remove it before its retention is over. */
export const checkpointsStore = ({ client, bucket: Bucket }: { client: S3Client; bucket: string }) => {
  const textAt = async (Key: string): Promise<string> => textOf((await client.send(new GetObjectCommand({ Bucket, Key }))).Body);

  return {
    /** The newest checkpoint. Throws where what stands in its place is none. */
    latest: async (): Promise<Checkpoint | undefined> => {
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket, Prefix: CHECKPOINTS, MaxKeys: 1 }));
      const name = Contents[0]?.Key;
      return name === undefined ? undefined : Checkpoint.parse(JSON.parse(await textAt(name)));
    },

    /** False where a checkpoint of this number is there already. */
    put: async (checkpoint: Checkpoint): Promise<boolean> => {
      try {
        const Key = nameOfCheckpoint(checkpoint.statement.counter);
        const Body = JSON.stringify(checkpoint);
        await client.send(new PutObjectCommand({ Bucket, Key, Body, ContentType: 'application/json', IfNoneMatch: '*' }));
        return true;
      } catch (error) {
        if (error instanceof Error && TAKEN.has(error.name)) return false;
        throw error;
      }
    },

    /** Every name, newest first. */
    names: async function* (): AsyncGenerator<string> {
      let ContinuationToken: string | undefined;
      do {
        const page = await client.send(new ListObjectsV2Command({ Bucket, Prefix: CHECKPOINTS, ContinuationToken }));
        for (const { Key = '' } of page.Contents ?? []) yield Key;
        ContinuationToken = page.NextContinuationToken;
      } while (ContinuationToken);
    },

    /** The text of one, whatever it is. */
    textAt,
  };
};

export type CheckpointsStore = ReturnType<typeof checkpointsStore>;
