import type { SourceHealth } from '../contracts/source-health.ts';
import { iso } from '../lambda/ids.ts';
import type { SourceSpec } from '../sources/index.ts';
import { type ByPriority, perMinute, type SourceState } from '../stores/source-state.ts';

const total = (of: ByPriority): number => Object.values(of).reduce((sum, n) => sum + n, 0);
const time = (ms: number | undefined): string | undefined => (ms === undefined ? undefined : iso(ms));

const stateOf = ({ silentAfterS }: SourceSpec, { lastSeenAt }: SourceState, now: number): SourceHealth['state'] => {
  if (lastSeenAt === undefined) return 'unheard';
  return silentAfterS !== undefined && now - lastSeenAt > silentAfterS * 1000 ? 'silent' : 'heard';
};

/** How a source does, from what is declared of it and what was seen. Pure; `now` is ms since the epoch. */
export const healthOf = (spec: SourceSpec, known: SourceState, now: number): SourceHealth => ({
  source: spec.source,
  title: spec.title,
  formats: [...spec.speaks],
  categories: spec.categories === 'any' ? 'any' : [...spec.categories],
  rate: { ...spec.rate },
  buffer: spec.buffer,
  state: stateOf(spec, known, now),
  silentAfterS: spec.silentAfterS,
  lastSeenAt: time(known.lastSeenAt),
  lastEventAt: known.lastEventAt,
  eventsPerMinute: perMinute(known, now),
  received: known.received,
  errors: known.errors,
  lastErrorAt: time(known.lastErrorAt),
  delayed: total(known.fates.delayed),
  shed: total(known.fates.shed),
  repeats: total(known.fates.repeats),
});
