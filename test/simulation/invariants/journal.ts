import { hashOf } from '../../../shared/stores/journal.ts';
import type { Observation } from '../observe.ts';

export const chainsOf = <T extends { stream: string; seq: number }>(journal: readonly T[]): Map<string, T[]> => {
  const chains = new Map<string, T[]>();
  for (const entry of journal) chains.set(entry.stream, [...(chains.get(entry.stream) ?? []), entry]);
  for (const chain of chains.values()) chain.sort((a, b) => a.seq - b.seq);
  return chains;
};

/** Each chain counts from one without a gap, and each entry holds the hash of the one before. */
export const auditChainIsWhole = ({ journal }: Observation): string[] =>
  [...chainsOf(journal)].flatMap(([stream, chain]) => {
    let before = '0'.repeat(64);
    return chain.flatMap((item, index) => {
      const { pk: _pk, sk: _sk, day: _day, order: _order, week: _week, ...entry } = item as typeof item & Record<string, unknown>;
      const complaints = [];
      if (entry.seq !== index + 1) complaints.push(`${stream} has ${entry.seq} at place ${index + 1}`);
      if (entry.prev !== before) complaints.push(`${stream}#${entry.seq} does not hold the hash of the entry before`);
      if (entry.hash !== hashOf(entry)) complaints.push(`${stream}#${entry.seq} does not have the hash of what it says`);
      before = entry.hash;
      return complaints;
    });
  });
