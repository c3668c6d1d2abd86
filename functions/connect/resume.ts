import type { Frame } from '../../shared/contracts/channel.ts';
import type { Channel } from '../../shared/contracts/vocabulary.ts';
import type { ChannelsStore } from '../../shared/stores/channels.ts';

const PAGE = 10;
/** One invocation sends at most this many frames; whoever is further behind asks again. */
const FRAMES_AT_ONCE = 100;

/** What is said beside frames, so that a client knows where it stands. */
export type Notice =
  | { channel: Channel; gap: true; from: number; detail: string }
  | { channel: Channel; more: true; from: number }
  | { channel: Channel; resumed: true; next: number };

/** The part of a frame from `seq` on, its range cut accordingly. */
const tail = (frame: Frame, seq: number): Frame =>
  frame.from >= seq ? frame : { ...frame, from: seq, messages: frame.messages.filter((message) => message.seq >= seq) };

const aheadOf = (channel: Channel, from: number, next: number): Notice => ({
  channel,
  gap: true,
  from: next,
  detail: `This channel has not reached ${from} yet; the next message is ${next}`,
});

const forgotten = (channel: Channel, from: number, oldest: number): Notice => ({
  channel,
  gap: true,
  from: oldest,
  detail: `Messages ${from} to ${oldest - 1} are no longer kept here; read them with GET /audit`,
});

/** Sends what a client missed from `from` on: frames in order, after a word about what is gone, and at the end where the channel stands. */
export const resume =
  ({ channels, send }: { channels: ChannelsStore; send: (word: Frame | Notice) => Promise<void> }) =>
  async (channel: Channel, from: number): Promise<void> => {
    const next = await channels.next(channel);
    if (from > next) return send(aheadOf(channel, from, next));
    let at = from;
    let sent = 0;
    while (at < next && sent < FRAMES_AT_ONCE) {
      const frames = await channels.framesFrom(channel, at, PAGE);
      const oldest = frames[0]?.from ?? next;
      if (oldest > at) await send(forgotten(channel, at, oldest));
      for (const frame of frames) {
        await send(tail(frame, at));
        at = frame.to + 1;
      }
      if (frames.length === 0) at = next;
      sent += frames.length;
    }
    await send(at < next ? { channel, more: true, from: at } : { channel, resumed: true, next: at });
  };
