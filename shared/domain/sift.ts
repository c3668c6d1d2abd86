import type { Frame, Message } from '../contracts/channel.ts';
import type { Filter } from '../contracts/filter.ts';

type Told = Omit<Message, 'seq'>;

const within = (wanted: readonly string[] | undefined, value: string | undefined): boolean =>
  wanted === undefined || (value !== undefined && wanted.includes(value));
const is = (wanted: string | undefined, value: string | undefined): boolean => wanted === undefined || wanted === value;

/** Whether a message fits a filter. What a message does not say of itself it does not fit. */
export const fits = ({ topic, about, incidentId, executionId }: Told, filter: Filter): boolean =>
  within(filter.topics, topic) &&
  within(filter.categories, about.category) &&
  within(filter.priorities, about.priority) &&
  within(filter.sources, about.source) &&
  within(filter.agencies, about.agency) &&
  is(filter.workflow, about.workflow) &&
  is(filter.incidentId, incidentId) &&
  is(filter.executionId, executionId);

/** An empty frame says nothing but its range, and its neighbour can say that as well. */
const join = (before: Frame, frame: Frame): Frame | undefined =>
  before.to + 1 === frame.from && (before.messages.length === 0 || frame.messages.length === 0)
    ? { ...before, to: frame.to, messages: [...before.messages, ...frame.messages] }
    : undefined;

/**
 * Frames as one listener gets them, each number of theirs in exactly one range: what is left out leaves no gap. Where nothing
 * is left of them, one frame without messages says how far the channel has come. `see` gives a message as it may be seen.
 */
export const sift = (frames: readonly Frame[], see: <T extends Told>(message: T) => T | undefined): Frame[] => {
  const sifted: Frame[] = [];
  for (const whole of frames) {
    const frame = { ...whole, messages: whole.messages.flatMap((message) => see(message) ?? []) };
    const last = sifted.at(-1);
    const joined = last && join(last, frame);
    if (joined) sifted[sifted.length - 1] = joined;
    else sifted.push(frame);
  }
  return sifted;
};
