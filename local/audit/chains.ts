import { beginning, follow } from '../../shared/audit/chain.ts';
import type { Head } from '../../shared/contracts/checkpoint.ts';
import { type Kept, streams } from '../../shared/stores/journal.ts';
import type { Mark } from './checkpoints.ts';
import type { Finding } from './record.ts';
import { IN_WORDS } from './words.ts';

/** Entries of a chain that no checkpoint covers, and when the first of them was written. */
export interface Uncovered {
  readonly stream: string;
  readonly entries: number;
  readonly since: string;
}

export interface Chains {
  readonly entries: number;
  /** When the newest entry was written. */
  readonly newest: string;
  readonly uncovered: readonly Uncovered[];
  readonly findings: readonly Finding[];
}

/** One chain as far as it was read. After the first thing that is wrong nothing more is said of it. */
class Chain {
  readonly findings: Finding[] = [];
  entries = 0;
  since = '';
  private head: Head;
  private marked = 0;

  constructor(
    stream: string,
    private readonly marks: readonly Mark[],
  ) {
    this.head = beginning(stream);
  }

  get uncovered(): number {
    return this.findings.length > 0 ? 0 : this.head.seq - this.covered;
  }

  add(kept: Kept): void {
    this.entries += 1;
    if (this.findings.length > 0) return;
    const { head, breach } = follow(this.head, [kept]);
    if (breach) {
      this.say(breach.seq, IN_WORDS[breach.why]);
      return;
    }
    this.head = head;
    const mark = this.marks[this.marked];
    if (mark?.seq === head.seq) {
      this.marked += 1;
      if (mark.hash !== head.hash) this.say(head.seq, `${IN_WORDS.replaced} with checkpoint ${mark.counter}`);
    }
    if (head.seq === this.covered + 1) this.since = String(kept.entry['at']);
  }

  end(): void {
    const mark = this.marks[this.marked];
    if (mark && this.findings.length === 0)
      this.say(this.head.seq + 1, `${IN_WORDS.cut}: checkpoint ${mark.counter} covers ${mark.seq} entries, and here are ${this.head.seq}`);
  }

  private get covered(): number {
    return this.marks.at(-1)?.seq ?? 0;
  }

  private say(seq: number, what: string): void {
    this.findings.push({ where: `${this.head.stream} ${seq}`, what });
  }
}

/** Reads every entry once: each chain from its first entry on, and at each place that a checkpoint names, whether it is what was signed. */
export const readChains = async (kept: AsyncIterable<Kept>, marks: ReadonlyMap<string, readonly Mark[]>): Promise<Chains> => {
  const chains = new Map(streams.map((stream) => [stream, new Chain(stream, marks.get(stream) ?? [])]));
  const strays: Finding[] = [];
  let newest = '';
  for await (const one of kept) {
    const { stream, seq, at } = one.entry;
    const chain = chains.get(String(stream));
    if (typeof at === 'string' && at > newest) newest = at;
    if (chain) chain.add(one);
    else strays.push({ where: `${String(stream)} ${String(seq)}`, what: 'the entry is in no chain of the journal' });
  }
  for (const chain of chains.values()) chain.end();
  const all = [...chains];
  return {
    entries: all.reduce((sum, [, { entries }]) => sum + entries, 0),
    newest,
    uncovered: all.flatMap(([stream, { uncovered, since }]) => (uncovered > 0 ? [{ stream, entries: uncovered, since }] : [])),
    findings: [...strays, ...all.flatMap(([, { findings }]) => findings)],
  };
};
