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
  /** Wakes whoever is called at night: a chain is broken. */
  alarm: (breach: Breach) => Promise<void>;
}

const ACTOR = 'system/checkpoint';

/** A broken chain is an alarm, and an entry in itself, told as an alert. */
const tell = async ({ journal, log, alarm }: CheckpointDeps, breach: Breach, counter: number): Promise<void> => {
  say(log, 'error', 'audit.broken', { ...breach, counter });
  await alarm(breach);
  await journal.commit(ACTOR, [{ kind: 'audit.broken', actor: ACTOR, data: { ...breach, counter } }]);
};

const newBreaches = (last: Checkpoint | undefined, breaches: readonly Breach[]): Breach[] => {
  const known = new Set(last?.statement.breaches.map(({ stream }) => stream));
  return breaches.filter(({ stream }) => !known.has(stream));
};

/** Every minute: checks what the journal says since the last checkpoint, and signs where each chain stands. What is newly found broken is told before it is signed: cut short between the two, it is told twice and never not at all. */
export const checkpoint = (deps: CheckpointDeps) => async (): Promise<{ counter: number; entries: number }> => {
  const { checkpoints, clock, key, sign } = deps;
  const last = await checkpoints.latest();
  const advanced = await advance(deps, last);
  const heads = advanced.map(({ head }) => head);
  const breaches = advanced.flatMap(({ breach }) => breach ?? []);
  const statement = statementAfter(last, { heads, breaches, at: iso(clock.now()), key });
  const signature = Buffer.from(await sign(signedBytes(statement))).toString('base64');
  const { counter, entries } = statement;
  for (const breach of newBreaches(last, breaches)) await tell(deps, breach, counter);
  // Where another was faster, its checkpoint stands and says what it found.
  const isOurs = await checkpoints.put({ statement, heads, signature });
  return { counter: isOurs ? counter : counter - 1, entries };
};
