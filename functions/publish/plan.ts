import type { Message } from '../../shared/contracts/channel.ts';
import type { JournalEntry } from '../../shared/contracts/journal.ts';
import { Channel } from '../../shared/contracts/vocabulary.ts';
import { apart } from '../../shared/domain/apart.ts';
import { noCounts, type Position, type Publication, type Published } from '../../shared/stores/channels.ts';
import { aboutOf } from './about.ts';
import { channelsOf, topicOn } from './channels-of.ts';
import { count } from './count.ts';
import { framesOf } from './frames.ts';
import { byHour } from './hours.ts';

/** DynamoDB takes 100 writes and 4 MB in one transaction. */
const MAX_WRITES = 100;
const MAX_BYTES = 3 * 1024 * 1024;

/** Entries `from` to `to` of a stream that stand in the journal but were not delivered yet. */
export interface Gap {
  stream: string;
  from: number;
  to: number;
}

const upTo = (position: Position, stream: string): number => position.streams.get(stream)?.upTo ?? 0;

/** What was not published before, each entry once, each stream in its own order. Streams keep the places in which they arrived. */
export const fresh = (entries: JournalEntry[], position: Position): JournalEntry[] => {
  const once = new Map(
    entries.filter(({ stream, seq }) => seq > upTo(position, stream)).map((entry) => [`${entry.stream}#${entry.seq}`, entry]),
  );
  const queues = new Map<string, JournalEntry[]>();
  for (const entry of [...once.values()].sort((a, b) => a.seq - b.seq))
    queues.set(entry.stream, [...(queues.get(entry.stream) ?? []), entry]);
  return [...once.values()].flatMap(({ stream }) => queues.get(stream)?.shift() ?? []);
};

/** A stream of the journal has no gaps, so a hole between what is published and what came was only delivered out of order, or lost. */
export const gapsOf = (ordered: JournalEntry[], position: Position): Gap[] => {
  const seen = new Map<string, number>();
  return ordered.flatMap(({ stream, seq }) => {
    const expected = (seen.get(stream) ?? upTo(position, stream)) + 1;
    seen.set(stream, seq);
    return seq > expected ? [{ stream, from: expected, to: seq - 1 }] : [];
  });
};

/** What each channel that tells an entry is told; a batch's entry counts and is told once for each of its events. */
const messagesOf = (entry: JournalEntry): [Channel, Omit<Message, 'seq'>][] => {
  const { kind, at, incidentId, executionId, data } = entry;
  return Channel.options.flatMap((channel): [Channel, Omit<Message, 'seq'>][] => {
    const topic = topicOn(channel, entry);
    return topic ? [[channel, { topic, kind, at, incidentId, executionId, about: aboutOf(entry), data }]] : [];
  });
};

/** The channels on which any of the entries is told. */
export const toldOn = (entries: readonly JournalEntry[]): Channel[] => {
  const told = new Set(entries.flatMap(apart).flatMap(channelsOf));
  return Channel.options.filter((channel) => told.has(channel));
};

/** What the entries, in order and without gaps, add to the ledger and tell on the channels. */
export const plan = (entries: JournalEntry[], position: Position): Publication => {
  const streams = new Map<string, Published>();
  const told = new Map<Channel, Omit<Message, 'seq'>[]>(Channel.options.map((channel) => [channel, []]));
  for (const entry of entries) {
    const { counts } = streams.get(entry.stream) ?? position.streams.get(entry.stream) ?? { counts: noCounts() };
    const said = apart(entry);
    streams.set(entry.stream, { stream: entry.stream, upTo: entry.seq, counts: said.reduce(count, counts) });
    for (const [channel, message] of said.flatMap(messagesOf)) told.get(channel)?.push(message);
  }
  const frames = Channel.options.flatMap((channel) => framesOf(channel, position.next[channel], told.get(channel) ?? []));
  return { streams: [...streams.values()], hours: byHour(entries), frames };
};

/** Whether one transaction can hold it: a row a stream, a row a source and hour, a row a frame, a head a channel. */
export const fitsOneTransaction = ({ streams, hours, frames }: Publication): boolean =>
  streams.length + hours.length + frames.length + Channel.options.length <= MAX_WRITES &&
  frames.reduce((bytes, frame) => bytes + Buffer.byteLength(JSON.stringify(frame)), 0) <= MAX_BYTES;
