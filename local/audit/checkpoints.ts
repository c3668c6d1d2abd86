import type { KeyObject } from 'node:crypto';
import { entriesUnder, hashOfCheckpoint, isSigned, rootOfHeads } from '../../shared/audit/checkpoint.ts';
import { Checkpoint, type Head } from '../../shared/contracts/checkpoint.ts';
import { nameOfCheckpoint } from '../../shared/stores/checkpoints.ts';
import { GENESIS, streams } from '../../shared/stores/journal.ts';
import type { Finding, Sheet } from './record.ts';
import { IN_WORDS } from './words.ts';

/** What a chain must be at one place, and the checkpoint that says so. */
export interface Mark {
  readonly seq: number;
  readonly hash: string;
  readonly counter: number;
}

/** What the signed checkpoints say. */
export interface Signed {
  readonly count: number;
  readonly last: Checkpoint | undefined;
  readonly marks: ReadonlyMap<string, readonly Mark[]>;
  readonly findings: readonly Finding[];
}

const parsed = (text: string): Checkpoint | undefined => {
  try {
    return Checkpoint.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};

/** What is wrong with a checkpoint by itself. */
const wrongIn = (checkpoint: Checkpoint, { name }: Sheet, keys: readonly KeyObject[]): string[] => {
  const { statement, heads } = checkpoint;
  const tests: [boolean, string][] = [
    [keys.some((key) => isSigned(checkpoint, key)), 'its signature is not the key’s'],
    [rootOfHeads(heads) === statement.root, 'its heads are not those that were signed'],
    [heads.map(({ stream }) => stream).join() === streams.join(), 'its heads are not one for each chain'],
    [entriesUnder(heads) === statement.entries, 'its heads cover another number of entries than it says'],
    [name === undefined || name === nameOfCheckpoint(statement.counter), `it is kept under another’s name, ${name}`],
  ];
  return tests.flatMap(([holds, what]) => (holds ? [] : [what]));
};

const wentBack = (before: readonly Head[], after: readonly Head[]): string[] =>
  after.flatMap(({ stream, seq, hash }, index) => {
    const was = before[index];
    return was && (seq < was.seq || (seq === was.seq && hash !== was.hash)) ? [`${stream} goes back behind the checkpoint before`] : [];
  });

/** What is wrong with its place after the one before. */
const wrongAfter = ({ statement, heads }: Checkpoint, before: Checkpoint | undefined): string[] => {
  const due = (before?.statement.counter ?? 0) + 1;
  return [
    ...(statement.counter === due ? [] : [`number ${due} should stand here`]),
    ...(statement.prev === (before ? hashOfCheckpoint(before) : GENESIS) ? [] : ['it does not hold the hash of the one before']),
    ...wentBack(before?.heads ?? [], heads),
  ];
};

/** Reads checkpoints oldest first: each one's signature, root and heads, and the chain that they are themselves. Only sound ones leave marks. */
export const readCheckpoints = async (sheets: AsyncIterable<Sheet>, keys: readonly KeyObject[]): Promise<Signed> => {
  const findings: Finding[] = [];
  const marks = new Map<string, Mark[]>(streams.map((stream) => [stream, []]));
  let count = 0;
  let before: Checkpoint | undefined;
  let last: Checkpoint | undefined;
  for await (const sheet of sheets) {
    count += 1;
    const checkpoint = parsed(sheet.text);
    if (!checkpoint) {
      findings.push({ where: `checkpoint ${count}`, what: 'it cannot be read as one' });
      continue;
    }
    const { counter, breaches } = checkpoint.statement;
    const own = wrongIn(checkpoint, sheet, keys);
    for (const what of [...own, ...wrongAfter(checkpoint, before)]) findings.push({ where: `checkpoint ${counter}`, what });
    const known = new Set(before?.statement.breaches.map(({ stream }) => stream));
    for (const { stream, seq, why } of breaches)
      if (!known.has(stream)) findings.push({ where: `${stream} ${seq}`, what: `${IN_WORDS[why]}, as checkpoint ${counter} says` });
    before = checkpoint;
    if (own.length > 0) continue;
    last = checkpoint;
    for (const { stream, seq, hash } of checkpoint.heads) {
      const list = marks.get(stream);
      if (list && seq > (list.at(-1)?.seq ?? 0)) list.push({ seq, hash, counter });
    }
  }
  return { count, last, marks, findings };
};
