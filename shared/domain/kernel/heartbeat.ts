import type { SubsystemHealth, SubsystemRecord, SubsystemWord } from '../../contracts/subsystem.ts';

/** So many heartbeats that did not come, and a subsystem is called degraded, or silent. */
export const DEGRADED_AFTER = 2;
export const SILENT_AFTER = 5;
/** What a subsystem promises that does not say, seconds. */
export const USUAL_EVERY_S = 60;

/** Heartbeats that were due by `now` (ms) since the last one came. */
export const missedBy = ({ seenAt, everyS }: Pick<SubsystemRecord, 'seenAt' | 'everyS'>, now: number): number =>
  Math.max(0, Math.floor((now - Date.parse(seenAt)) / (everyS * 1000)));

/** How a subsystem does, judged when it is asked. Pure; `now` is ms. */
export const healthOf = (record: SubsystemRecord | undefined, now: number): SubsystemHealth => {
  if (!record) return 'unheard';
  const missed = missedBy(record, now);
  if (missed >= SILENT_AFTER) return 'silent';
  return missed >= DEGRADED_AFTER ? 'degraded' : 'healthy';
};

/** The record after a word of the subsystem that reached SWOE at `at`; the very same where a later one came before. What it leaves out stands. */
export const heardFrom = (subsystem: string, was: SubsystemRecord | undefined, word: SubsystemWord, at: string): SubsystemRecord => {
  if (was && Date.parse(at) < Date.parse(was.seenAt)) return was;
  const version = word.version ?? was?.version;
  return {
    subsystem,
    registeredAt: was?.registeredAt ?? at,
    seenAt: at,
    everyS: word.everyS ?? was?.everyS ?? USUAL_EVERY_S,
    ...(version === undefined ? {} : { version }),
    told: 'healthy',
    revision: (was?.revision ?? 0) + 1,
  };
};

const GRAVITY: readonly SubsystemHealth[] = ['healthy', 'degraded', 'silent'];

/** What there is to tell of a subsystem that has got worse since it was told of last; undefined where there is nothing. */
export const worseThanTold = (record: SubsystemRecord, now: number): 'degraded' | 'silent' | undefined => {
  const health = healthOf(record, now);
  return (health === 'degraded' || health === 'silent') && GRAVITY.indexOf(health) > GRAVITY.indexOf(record.told) ? health : undefined;
};
