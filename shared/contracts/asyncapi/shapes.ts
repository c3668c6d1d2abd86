import * as z from 'zod';
import { Frame, Message } from '../channel.ts';
import { type TopicSpec, topics } from '../topic.ts';
import type { Channel } from '../vocabulary.ts';
import { clientWords, Gap, More, Pong, Refused, Resumed, Snapshot, Subscribed } from '../words.ts';

/** `workflow-status` → `WorkflowStatus`. */
export const pascal = (name: string): string => name.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** One topic of one channel: a message as it is told there. */
export const messageShape = ({ topic, kinds, data }: TopicSpec) => Message.extend({ topic: z.literal(topic), kind: z.enum(kinds), data });

/** A frame of a channel, whose messages are of that channel's topics. */
export const frameShape = (channel: Channel) =>
  Frame.extend({ channel: z.literal(channel), messages: z.array(z.discriminatedUnion('topic', shapesOf(channel))) });

type MessageShape = ReturnType<typeof messageShape>;
const shapesOf = (channel: Channel): [MessageShape, ...MessageShape[]] => {
  const [first, ...others] = topics[channel].map(messageShape);
  if (!first) throw new Error(`The channel ${channel} tells nothing: give it a topic in shared/contracts/topic.ts`);
  return [first, ...others];
};

/** What SWOE says beside frames, by name; the same on every channel. */
export const serverShapes = { Pong, Subscribed, Resumed, More, Gap, Snapshot, Refused } as const;

/** What a client may say on a channel, by its action. */
export const clientShapes = (channel: Channel): Record<string, z.ZodType> =>
  Object.fromEntries(clientWords(channel).options.map((shape) => [shape.shape.action.value, shape]));
