import type { Frame } from '../../shared/contracts/channel.ts';
import type { Channel } from '../../shared/contracts/vocabulary.ts';
import type { ServerWord } from '../../shared/contracts/words.ts';
import { sift } from '../../shared/domain/sift.ts';
import { type SnapshotDeps, snapshot } from './snapshot.ts';

const PAGE = 10;
/** One answer holds at most so many frames and bytes; whoever is further behind asks again, when they have read these. */
const MOST_FRAMES = 100;
const MOST_BYTES = 512 * 1024;

/** The part of a frame from `seq` on, its range cut accordingly. */
const tail = (frame: Frame, seq: number): Frame =>
  frame.from >= seq ? frame : { ...frame, from: seq, messages: frame.messages.filter((message) => message.seq >= seq) };

const aheadOf = (channel: Channel, from: number, next: number): ServerWord => ({
  channel,
  gap: true,
  from: next,
  detail: `This channel has not reached ${from} yet; the next message is ${next}`,
});

const forgotten = (channel: Channel, from: number, oldest: number): ServerWord => ({
  channel,
  gap: true,
  from: oldest,
  detail: `Messages ${from} to ${oldest - 1} are no longer kept here: GET /audit has them. What is kept is sent to whoever resumes from ${oldest}`,
});

/** Where `from` is not to be had: why not, what stands instead, and where messages go on. */
const begunAnew = async (deps: SnapshotDeps, channel: Channel, gap: ServerWord): Promise<void> => {
  await deps.send(gap);
  const next = await snapshot(deps)(channel);
  await deps.send({ channel, resumed: true, next });
};

/**
 * Sends what a client missed from `from` on: frames in order, and at the end where the channel stands. A client whose place is
 * no longer kept, or never was, is told so and given what stands now instead of a part of the story.
 */
export const resume =
  (deps: SnapshotDeps) =>
  async (channel: Channel, from: number): Promise<void> => {
    const { channels, send, view } = deps;
    const next = await channels.next(channel);
    if (from > next) return begunAnew(deps, channel, aheadOf(channel, from, next));
    let at = from;
    let [read, bytes] = [0, 0];
    while (at < next && read < MOST_FRAMES && bytes < MOST_BYTES) {
      const frames = await channels.framesFrom(channel, at, PAGE);
      const oldest = frames[0]?.from ?? next;
      if (oldest > at) return begunAnew(deps, channel, forgotten(channel, at, oldest));
      const tails = frames.map((frame) => tail(frame, at));
      for (const frame of sift(tails, view.see)) {
        await send(frame);
        at = frame.to + 1;
        bytes += Buffer.byteLength(JSON.stringify(frame));
        if (bytes >= MOST_BYTES) break;
      }
      read += frames.length;
    }
    await send(at < next ? { channel, more: true, from: at } : { channel, resumed: true, next: at });
  };
