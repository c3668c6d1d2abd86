import { beforeEach, describe, expect, it } from 'vitest';
import { type Buckets, createBuckets } from '../../../../local/engines/buckets/buckets.ts';
import { createGround, replayInto, type TestGround } from '../queues/ground.ts';

const Bucket = 'checkpoints';
let ground: TestGround;
let buckets: Buckets;
const made = (): Buckets => {
  const engine = createBuckets(ground);
  engine.define(Bucket);
  return engine;
};
const put = (Key: string, more: object = {}) => buckets.serve('PutObject', { Bucket, Key, Body: `of ${Key}`, ...more });
const list = async (more: object = {}, engine = buckets) => {
  const { Contents, NextContinuationToken } = await engine.serve('ListObjectsV2', { Bucket, ...more });
  return { names: (Contents as { Key: string }[]).map(({ Key }) => Key), next: NextContinuationToken };
};
const text = async (Key: string, engine = buckets) => String((await engine.serve('GetObject', { Bucket, Key }))['Body']);

beforeEach(() => {
  ground = createGround();
  buckets = made();
});

describe('the local S3', () => {
  it('gives back what was put, text or bytes, with its size and type', async () => {
    await put('a', { ContentType: 'application/json' });
    await put('b', { Body: new Uint8Array([0, 255]) });
    expect(await buckets.serve('GetObject', { Bucket, Key: 'a' })).toMatchObject({ ContentLength: 4, ContentType: 'application/json' });
    expect((await buckets.serve('GetObject', { Bucket, Key: 'b' }))['Body']).toEqual(Buffer.from([0, 255]));
  });

  it('puts once where If-None-Match asks for it', async () => {
    await put('a', { IfNoneMatch: '*' });
    await expect(put('a', { IfNoneMatch: '*', Body: 'other' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
    expect(await text('a')).toBe('of a');
    await put('a', { Body: 'other' });
    expect(await text('a')).toBe('other');
  });

  it('lists by name, page by page, below a prefix', async () => {
    for (const name of ['x/3', 'x/1', 'y/1', 'x/2', 'x/é']) await put(name);
    const first = await list({ Prefix: 'x/', MaxKeys: 2 });
    expect(first.names).toEqual(['x/1', 'x/2']);
    const second = await list({ Prefix: 'x/', MaxKeys: 2, ContinuationToken: first.next });
    expect(second).toEqual({ names: ['x/3', 'x/é'], next: undefined });
    expect((await list({ StartAfter: 'x/3' })).names).toEqual(['x/é', 'y/1']);
  });

  it.each([
    ['a bucket that is not there', 'GetObject', { Bucket: 'gone', Key: 'a' }, 'NoSuchBucket'],
    ['an object that is not there', 'GetObject', { Bucket, Key: 'gone' }, 'NoSuchKey'],
    ['a put without a name', 'PutObject', { Bucket, Body: '' }, 'InvalidRequest'],
    ['a name that is too long', 'PutObject', { Bucket, Key: 'k'.repeat(1025), Body: '' }, 'KeyTooLongError'],
    ['a page of no size', 'ListObjectsV2', { Bucket, MaxKeys: 'many' }, 'InvalidArgument'],
    ['what it does not serve', 'DeleteObject', { Bucket, Key: 'a' }, 'NotImplemented'],
  ])('refuses %s', async (_, operation, input, name) => {
    await expect(buckets.serve(operation, input)).rejects.toMatchObject({ name });
  });

  it('has everything again after a restart, from its records or from a snapshot', async () => {
    await put('b', { Body: new Uint8Array([0, 255]) });
    await put('a', { Body: 'first' });
    await put('a', { Body: 'second' });
    const [replayed, compacted] = [made(), made()];
    replayInto(replayed, ground);
    for (const record of buckets.snapshot()) compacted.replay(record);
    for (const engine of [replayed, compacted]) {
      expect((await list({}, engine)).names).toEqual(['a', 'b']);
      expect(await text('a', engine)).toBe('second');
      expect((await engine.serve('GetObject', { Bucket, Key: 'b' }))['Body']).toEqual(Buffer.from([0, 255]));
    }
  });
});
