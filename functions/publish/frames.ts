import type { Frame, Message } from '../../shared/contracts/channel.ts';
import type { Channel } from '../../shared/contracts/vocabulary.ts';

/** API Gateway pushes at most 128 KB; the rest is room for the frame's own members. */
const FRAME_BYTES = 120 * 1024;

const sizeOf = (message: Message): number => Buffer.byteLength(JSON.stringify(message)) + 1;

/** A message that no frame can carry says where its data can be read. */
const fitting = (message: Message): Message =>
  sizeOf(message) <= FRAME_BYTES ? message : { ...message, data: { omitted: 'too large for a frame: read this entry with GET /audit' } };

/** Numbers the messages of a channel from `first` on and cuts them into frames that can be pushed, in order and without a gap. */
export const framesOf = (channel: Channel, first: number, messages: Omit<Message, 'seq'>[]): Frame[] => {
  const frames: Frame[] = [];
  let bytes = 0;
  messages.forEach((unnumbered, index) => {
    const message = fitting({ seq: first + index, ...unnumbered });
    const size = sizeOf(message);
    const open = frames.at(-1);
    if (!open || bytes + size > FRAME_BYTES) {
      frames.push({ channel, from: message.seq, to: message.seq, messages: [message] });
      bytes = size;
      return;
    }
    open.messages.push(message);
    open.to = message.seq;
    bytes += size;
  });
  return frames;
};
