import type { JournalEntry } from '../../shared/contracts/journal.ts';
import { apart } from '../../shared/domain/apart.ts';
import type { Sketch } from '../../shared/domain/matching.ts';

/** What the journal says of one event. `at` is ISO 8601 UTC. */
export interface Word {
  readonly said: 'accepted' | 'fused' | 'ended';
  /** The event's key, or the id its delivery had on the bus where it was refused before it had one. */
  readonly key: string;
  readonly at: string;
  readonly incidentId: string | undefined;
  /** What a `fused` says of an event that joined an incident; absent for a statement and a correction. */
  readonly sketch?: Sketch | undefined;
  /** Independent sources of its incident when it was told. */
  readonly independent?: number | undefined;
  /** The event that a `fused` correction is of. */
  readonly of?: string | undefined;
}

const SAID: Readonly<Partial<Record<JournalEntry['kind'], Word['said']>>> = {
  'event.accepted': 'accepted',
  'event.fused': 'fused',
  'event.dropped': 'ended',
  'event.dead-lettered': 'ended',
};

type Item = Readonly<Record<string, unknown>>;

const sketchOf = (item: Item): Sketch | undefined => (item['into'] === undefined ? ({ ...item } as unknown as Sketch) : undefined);

/** What an entry says of events; nothing where it is about something else. */
export const wordsOf = (entry: JournalEntry): Word[] => {
  const said = SAID[entry.kind];
  if (!said) return [];
  return apart(entry).map(({ data, incidentId, at }) => ({
    said,
    key: String(data['eventKey'] ?? data['busId']),
    at,
    incidentId,
    ...(said === 'fused' ? { sketch: sketchOf(data), independent: data['independent'] as number | undefined } : {}),
    ...(said === 'fused' && data['into'] === 'correction' ? { of: String(data['of']) } : {}),
  }));
};

/** Events that these words say were accepted, and not that they came to an end: so far only suspicions, since the end may stand elsewhere. */
export const unended = (words: readonly Word[]): Word[] => {
  const open = new Map<string, number>();
  for (const { key, said } of words) open.set(key, (open.get(key) ?? 0) + (said === 'accepted' ? 1 : -1));
  const seen = new Set<string>();
  return words.filter(({ key, said }) => said === 'accepted' && (open.get(key) ?? 0) > 0 && !seen.has(key) && seen.add(key));
};
