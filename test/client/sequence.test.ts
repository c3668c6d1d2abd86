import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { createSequence } from '../../client/sequence.ts';
import { frame } from './model-channel.ts';

const seqs = (told: { seq: number }[]) => told.map(({ seq }) => seq);

describe('the sequence of a channel', () => {
  test('begins with the first frame, where nobody says where', () => {
    const sequence = createSequence();
    expect(seqs(sequence.take(frame(7, 9)))).toEqual([7, 8, 9]);
    expect(sequence.next()).toBe(10);
  });

  test('holds what is ahead of a hole until the hole is filled', () => {
    const sequence = createSequence(1);
    expect(sequence.take(frame(4, 5))).toEqual([]);
    expect(sequence.hasHole()).toBe(true);
    expect(seqs(sequence.take(frame(1, 3)))).toEqual([1, 2, 3, 4, 5]);
    expect(sequence.hasHole()).toBe(false);
  });

  test('a frame without messages moves it on', () => {
    const sequence = createSequence(1);
    expect(sequence.take({ ...frame(1, 8), messages: [] })).toEqual([]);
    expect(sequence.next()).toBe(9);
  });

  test('after a snapshot goes on behind it, with what was held', () => {
    const sequence = createSequence(1);
    sequence.take(frame(3, 4));
    sequence.take(frame(9, 10));
    expect(seqs(sequence.begin(9))).toEqual([9, 10]);
    expect(sequence.next()).toBe(11);
  });

  test('holds no more than it must, however far ahead a server is', () => {
    const sequence = createSequence(1);
    for (let n = 0; n < 1000; n += 1) sequence.take(frame(2 + n, 2 + n));
    expect(seqs(sequence.take(frame(1, 1)))).toHaveLength(201);
  });
});

/** Cuts of 1 to 40, overlapping, in any order and any of them twice. */
const pieces = fc
  .array(fc.record({ from: fc.integer({ min: 1, max: 40 }), length: fc.integer({ min: 1, max: 12 }) }), { maxLength: 30 })
  .map((cuts) => cuts.map(({ from, length }) => frame(from, Math.min(40, from + length - 1))));

property.prop([pieces, fc.integer({ min: 1, max: 40 })])(
  'whatever comes in whatever order, each message is told once and in order',
  (frames, from) => {
    const sequence = createSequence(from);
    const told = seqs(frames.flatMap((piece) => sequence.take(piece)));
    expect(told).toEqual(Array.from({ length: (sequence.next() ?? from) - from }, (_, n) => from + n));
    told.push(...seqs(sequence.take(frame(from, 40))));
    expect(told).toEqual(Array.from({ length: 41 - from }, (_, n) => from + n));
  },
);
