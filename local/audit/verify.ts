import { readChains, type Uncovered } from './chains.ts';
import { readCheckpoints } from './checkpoints.ts';
import type { AuditRecord, Finding } from './record.ts';

/** What an audit was found to be. It holds where there are no findings. */
export interface Verdict {
  readonly findings: readonly Finding[];
  readonly entries: number;
  readonly checkpoints: number;
  /** The last sound checkpoint. */
  readonly last: { readonly counter: number; readonly at: string; readonly entries: number } | undefined;
  /** What was written since: chained, and not yet signed. Whoever can write to the table could have cut it or written it anew. */
  readonly uncovered: readonly Uncovered[];
}

/** A checkpoint is made each minute; an entry that has waited longer (ms) than this for one was left behind, or the checkpoint was taken away. */
const LATEST_MS = 180_000;

const late = (uncovered: readonly Uncovered[], newest: string): Finding[] =>
  uncovered
    .filter(({ since }) => Date.parse(newest) - Date.parse(since) > LATEST_MS)
    .map(({ stream, since }) => ({
      where: stream,
      what: `no checkpoint covers what was written since ${since}, though the journal goes on to ${newest}: none was made, or it was taken away`,
    }));

/** Holds an audit against itself and its signatures: checkpoints first, then every chain, then what no checkpoint covers. */
export const verifyAudit = async (record: AuditRecord): Promise<Verdict> => {
  const handedOver = (await record.findings?.()) ?? [];
  const signed = await readCheckpoints(record.checkpoints(), await record.keys());
  const chains = await readChains(record.entries(), signed.marks);
  const statement = signed.last?.statement;
  return {
    findings: [...handedOver, ...signed.findings, ...chains.findings, ...late(chains.uncovered, chains.newest)],
    entries: chains.entries,
    checkpoints: signed.count,
    last: statement && { counter: statement.counter, at: statement.at, entries: statement.entries },
    uncovered: chains.uncovered,
  };
};
