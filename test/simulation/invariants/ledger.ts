import type { JournalEntry } from '../../../shared/contracts/journal.ts';
import { apart } from '../../../shared/domain/apart.ts';
import { partId } from '../../../shared/domain/part.ts';
import type { Observation } from '../observe.ts';
import { chainsOf } from './journal.ts';

/** A batch's entry says something of each of its events. */
const countOf = (journal: readonly JournalEntry[], kind: JournalEntry['kind']): number =>
  journal.filter((entry) => entry.kind === kind).flatMap(apart).length;

const FIGURES = {
  accepted: 'event.accepted',
  fused: 'event.fused',
  deadLettered: 'event.dead-lettered',
  matched: 'match.made',
  started: 'match.started',
  joined: 'match.joined',
  refused: 'match.refused',
  failedToStart: 'match.failed',
  completed: 'workflow.completed',
} as const;

/** accepted = fused + dropped + dead-lettered, matched = started + joined + refused + failed, nothing waits or is in flight; and publish counted just that. */
export const ledgerCloses = ({ journal, published }: Observation): string[] => {
  const of = (kind: JournalEntry['kind']): number => countOf(journal, kind);
  const complaints = [];
  const events = of('event.fused') + of('event.dropped') + of('event.dead-lettered');
  if (of('event.accepted') !== events) complaints.push(`${of('event.accepted')} events were accepted and ${events} came to an end`);
  const ends = of('match.started') + of('match.joined') + of('match.refused') + of('match.failed');
  const waiting = published.reduce((sum, { counts }) => sum + counts.queued, 0);
  if (waiting !== 0) complaints.push(`the ledger says that ${waiting} matches wait`);
  if (of('match.made') !== ends) complaints.push(`${of('match.made')} matches were made and ${ends} came to an end`);
  for (const [figure, kind] of Object.entries(FIGURES)) {
    const counted = published.reduce((sum, { counts }) => sum + Number(counts[figure as keyof typeof FIGURES]), 0);
    if (counted !== of(kind)) complaints.push(`the ledger says ${counted} ${figure}, the journal ${of(kind)}`);
  }
  return complaints;
};

/** The ids under which what one put carries must be accounted for: its own, or one for each of several. */
const idsOf = (eventId: string, detail: unknown): string[] => {
  const features = (detail as { features?: unknown[] } | undefined)?.features;
  return Array.isArray(features) ? features.map((_, at) => partId(eventId, at)) : [eventId];
};

/** What the bus took was accepted, once for each time it took it, and lies in the events or among the dead letters; of a feed each event by itself. */
export const everyEventIsSomewhere = ({ journal, puts, events, deadLetters }: Observation): string[] => {
  const accepted = journal.filter(({ kind }) => kind === 'event.accepted').flatMap(apart);
  const times = new Map<unknown, number>();
  for (const { data } of accepted) times.set(data['busId'], (times.get(data['busId']) ?? 0) + 1);
  const stored = new Set(events.map(({ key }) => key));
  const buried = new Set(deadLetters.map(({ busId }) => busId));
  const known = new Set<unknown>(accepted.filter(({ data }) => stored.has(String(data['eventKey']))).map(({ data }) => data['busId']));
  return puts.flatMap(({ eventId, source, type, detail }) => {
    if (!eventId || type.startsWith('action.')) return [];
    return idsOf(eventId, detail).flatMap((id) => {
      if (times.get(id) !== 1) return [`${type} of ${source} (${id}) was accepted ${times.get(id) ?? 0} times`];
      return known.has(id) || buried.has(id) ? [] : [`${type} of ${source} (${id}) is neither an event nor a dead letter`];
    });
  });
};

/** Each event that is stored was said to be fused, once. */
export const everyEventIsFusedOnce = ({ journal, events }: Observation): string[] => {
  const times = new Map<unknown, number>();
  for (const { data } of journal.filter(({ kind }) => kind === 'event.fused').flatMap(apart))
    times.set(data['eventKey'], (times.get(data['eventKey']) ?? 0) + 1);
  return events.flatMap(({ key }) => (times.get(key) === 1 ? [] : [`${key} was said to be fused ${times.get(key) ?? 0} times`]));
};

/** A match may wait for the engine and be let go, as often as that is paused; one that ends while it waits is not let go before. */
const withoutWaits = (said: readonly string[]): string[] => {
  const waits = said.filter((kind) => kind === 'match.queued').length - said.filter((kind) => kind === 'match.released').length;
  return waits === 0 || waits === 1 ? said.filter((kind) => kind !== 'match.queued' && kind !== 'match.released') : [...said];
};

/** Each (event, workflow) was matched once, and each match ended once. */
export const everyMatchEndsOnce = ({ journal, matches }: Observation): string[] => {
  const kinds = new Map<string, string[]>();
  for (const { kind, data } of journal)
    if (kind.startsWith('match.')) {
      const key = `${data['eventKey']} ${data['workflow']}`;
      kinds.set(key, [...(kinds.get(key) ?? []), kind]);
    }
  return [
    ...matches.flatMap(({ eventKey, outcome }) =>
      outcome === 'pending' || outcome === 'queued' ? [`the match of ${eventKey} is ${outcome}`] : [],
    ),
    ...[...kinds].flatMap(([key, all]) => {
      const said = withoutWaits(all);
      return said.length === 2 && said.includes('match.made') && new Set(said).size === 2
        ? []
        : [`the match of ${key} was said to be ${all.join(', ')}`];
    }),
  ];
};

/** Channels number their messages without a gap, and every entry of the journal was published. */
export const channelsAreGapless = ({ frames, published, journal }: Observation): string[] => {
  const complaints: string[] = [];
  for (const channel of ['events', 'workflow-status', 'alerts']) {
    const own = frames.filter((frame) => frame.channel === channel).sort((a, b) => a.from - b.from);
    let next = 1;
    for (const { from, to, messages } of own) {
      if (from !== next || messages.length !== to - from + 1)
        complaints.push(`${channel} has a frame ${from} to ${to} of ${messages.length} where ${next} is next`);
      next = to + 1;
    }
  }
  for (const [stream, chain] of chainsOf(journal)) {
    const upTo = published.find((one) => one.stream === stream)?.upTo ?? 0;
    if (upTo !== chain.length) complaints.push(`${stream} has ${chain.length} entries and was published up to ${upTo}`);
  }
  const told = (kind: RegExp): number => journal.filter((entry) => kind.test(entry.kind)).length;
  const steps = frames.filter(({ channel }) => channel === 'workflow-status').reduce((sum, { messages }) => sum + messages.length, 0);
  if (steps !== told(/^(workflow|step|action|approval)\./))
    complaints.push(`workflow-status tells ${steps} of ${told(/^(workflow|step|action|approval)\./)} entries`);
  return complaints;
};
