import { signedBytes, statementAfter } from '../../shared/audit/checkpoint.ts';
import type { Breach, Checkpoint } from '../../shared/contracts/checkpoint.ts';
import { iso } from '../../shared/lambda/ids.ts';
import { say } from '../../shared/lambda/log.ts';
import type { LogSink } from '../../shared/lambda/runtime.ts';
import type { CheckpointsStore } from '../../shared/stores/checkpoints.ts';
import type { JournalStore } from '../../shared/stores/journal.ts';
import { type AdvanceDeps, advance } from './advance.ts';

export interface CheckpointDeps extends AdvanceDeps {
  journal: Pick<JournalStore, 'kept' | 'commit'>;
  checkpoints: Pick<CheckpointsStore, 'latest' | 'put'>;
  log: LogSink;
  /** ARN of the key that signs, and its signature (Ed25519) over some bytes. */
  key: string;
  sign: (bytes: Uint8Array) => Promise<Uint8Array>;
}

const ACTOR = 'system/checkpoint';

/** A broken chain is an entry in itself, told as an alert. */
const tell = async ({ journal, log }: CheckpointDeps, breach: Breach, counter: number): Promise<void> => {
  say(log, 'error', 'audit.broken', { ...breach, counter });
  await journal.commit(ACTOR, [{ kind: 'audit.broken', actor: ACTOR, data: { ...breach, counter } }]);
};

const newBreaches = (last: Checkpoint | undefined, breaches: readonly Breach[]): Breach[] => {
  const known = new Set(last?.statement.breaches.map(({ stream }) => stream));
  return breaches.filter(({ stream }) => !known.has(stream));
};

/** A word for whoever is woken: the function fails, so its dead-letter queue's alarm goes off. */
class JournalBroken extends Error {
  override readonly name = 'JournalBroken';
}

/** Every minute: checks what the journal says since the last checkpoint, and signs where each chain stands. Throws where one is newly found broken, after that is signed too. */
export const checkpoint = (deps: CheckpointDeps) => async (): Promise<{ counter: number; entries: number }> => {
  const { checkpoints, clock, key, sign } = deps;
  const last = await checkpoints.latest();
  const advanced = await advance(deps, last);
  const heads = advanced.map(({ head }) => head);
  const breaches = advanced.flatMap(({ breach }) => breach ?? []);
  const statement = statementAfter(last, { heads, breaches, at: iso(clock.now()), key });
  const signature = Buffer.from(await sign(signedBytes(statement))).toString('base64');
  const { counter, entries } = statement;
  // Where another was faster, its checkpoint stands and says what it found.
  if (!(await checkpoints.put({ statement, heads, signature }))) return { counter: counter - 1, entries };
  const found = newBreaches(last, breaches);
  for (const breach of found) await tell(deps, breach, counter);
  if (found.length > 0) throw new JournalBroken(found.map(({ stream, seq, why }) => `${stream} ${seq}: ${why}`).join(', '));
  return { counter, entries };
};
