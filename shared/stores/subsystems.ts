import { Breaker, SubsystemRecord } from '../contracts/subsystem.ts';
import { neverFailed } from '../domain/kernel/breaker.ts';
import type { Item, Key, table, Write } from './table.ts';

const HEALTH = 'HEALTH';
const BREAKER = 'BREAKER';
const pkOf = (subsystem: string): string => `SUBSYSTEM#${subsystem}`;

/** Where a subsystem's breaker stands. */
export const breakerKey = (subsystem: string): Key => ({ pk: pkOf(subsystem), sk: BREAKER });

export const breakerOf = (subsystem: string, item: Item | undefined): Breaker => (item ? Breaker.parse(item) : neverFailed(subsystem));

/** Nothing that is undefined is put. */
const given = (item: object): Item => Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined));

/** The subsystems: the part of the kernel's store that is about who hears and is asked. Heartbeats and outcomes are rows of their own, so neither waits for the other. */
export const subsystemRows = (kernel: ReturnType<typeof table>) => ({
  breaker: async (subsystem: string): Promise<Breaker> => {
    const { pk, sk } = breakerKey(subsystem);
    return breakerOf(subsystem, await kernel.get(pk, sk));
  },

  /** From `was` to `now`, if nobody was faster. */
  turnBreaker: (was: Breaker, now: Breaker): Write => {
    const item = { ...breakerKey(now.subsystem), ...given(now) };
    return was.generation === 0 ? kernel.putNew(item) : kernel.putOver(item, { generation: [was.generation] });
  },

  subsystem: async (subsystem: string): Promise<SubsystemRecord | undefined> => {
    const item = await kernel.get(pkOf(subsystem), HEALTH);
    return item && SubsystemRecord.parse(item);
  },

  /** From `was`, or nothing, to `now`, if nobody was faster. */
  seen: (was: SubsystemRecord | undefined, now: SubsystemRecord): Write => {
    const item = { pk: pkOf(now.subsystem), sk: HEALTH, ...now };
    return was ? kernel.putOver(item, { revision: [was.revision] }) : kernel.putNew(item);
  },

  /** What is known of these, in one read. */
  subsystems: async (names: readonly string[]): Promise<Map<string, SubsystemRecord>> => {
    const items = await kernel.batchGet(names.map((name) => ({ pk: pkOf(name), sk: HEALTH })));
    return new Map(items.map((item) => SubsystemRecord.parse(item)).map((record) => [record.subsystem, record]));
  },

  breakers: async (names: readonly string[]): Promise<Map<string, Breaker>> => {
    const items = await kernel.batchGet(names.map(breakerKey));
    return new Map(items.map((item) => Breaker.parse(item)).map((breaker) => [breaker.subsystem, breaker]));
  },
});
