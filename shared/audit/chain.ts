import type { Breach, Head } from '../contracts/checkpoint.ts';
import type { JournalEntry } from '../contracts/journal.ts';
import { GENESIS, hashOf, type Kept } from '../stores/journal.ts';

/** A chain before its first entry. */
export const beginning = (stream: string): Head => ({ stream, seq: 0, hash: GENESIS });

const whyNot = ({ seq, hash }: Head, { entry, misfiled }: Kept): Breach['why'] | undefined => {
  if (entry['seq'] !== seq + 1) return 'missing';
  if (hashOf(entry as JournalEntry) !== entry['hash']) return 'altered';
  if (entry['prev'] !== hash) return 'unlinked';
  return misfiled ? 'misfiled' : undefined;
};

/** How far a chain goes on soundly from `head` over these entries, and what is wrong with the first that does not follow. */
export const follow = (head: Head, entries: Iterable<Kept>): { head: Head; breach?: Breach } => {
  const { stream } = head;
  let at = head;
  for (const kept of entries) {
    const seq = at.seq + 1;
    const why = kept.entry['stream'] === stream ? whyNot(at, kept) : 'misfiled';
    if (why) return { head: at, breach: { stream, seq, why } };
    at = { stream, seq, hash: String(kept.entry['hash']) };
  }
  return { head: at };
};

/** What is wrong with the entry that a signed head names, as it is kept now; nothing where it is as it was. */
export const stands = ({ stream, seq, hash }: Head, kept: Kept | undefined): Breach | undefined => {
  if (seq === 0) return undefined;
  if (!kept || kept.entry['seq'] !== seq) return { stream, seq, why: 'cut' };
  if (kept.entry['hash'] !== hash) return { stream, seq, why: 'replaced' };
  return hashOf(kept.entry as JournalEntry) === hash ? undefined : { stream, seq, why: 'altered' };
};
