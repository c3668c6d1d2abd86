/** The tables whose every change has a word in the journal, and the rows of them that need none. */
const TOLD = new Set(['events', 'incidents', 'executions', 'resources', 'facts', 'dead-letters']);

/** Who has a dead letter in hand: the word of it comes when the letter is closed. */
const isClaim = ({ put, remove }: Write): boolean => (put ?? remove)?.sk?.S === 'TAKEN';

/** What only lists what has still to be done, once that is done: an end to be told, a run to plan anew, a step to be woken. */
const isDone = ({ remove }: Write): boolean =>
  ['UNTOLD', 'DISPLACED'].includes(remove?.pk?.S ?? '') || remove?.sk?.S?.startsWith('PAUSE#') === true;

type Write = {
  readonly table: string;
  readonly put?: {
    readonly pk?: { S?: string };
    readonly sk?: { S?: string };
    readonly status?: { S?: string };
    readonly answer?: { S?: string };
    readonly token?: { S?: string };
    readonly met?: { BOOL?: boolean };
  };
  readonly remove?: { readonly pk?: { S?: string }; readonly sk?: { S?: string } };
};

/** An attempt that was dispatched, or a question that stands open, and whose command came once more: only its token is new. */
const newToken = ({ put }: Write): boolean =>
  (put?.sk?.S?.startsWith('STEP#') === true && put.status?.S === 'DISPATCHED') ||
  (put?.sk?.S?.startsWith('APPROVAL#') === true && put.answer === undefined && put.token !== undefined) ||
  put?.pk?.S === 'APPROVALS';

/** How far the sweep has read, and what it has still to look at: the chains are what it speaks of. */
const isPlace = ({ put, remove }: Write): boolean => ['SWEEP', 'FOUND'].includes((put ?? remove)?.pk?.S ?? '');

/** What only helps events to meet, and rivals for a unit to part: the rows by which events are found, the mark of one that is not stored yet, turns. It says nothing by itself. */
const isHint = ({ put }: Write): boolean => /^(CELL|ENT|TURNS)#/.test(put?.pk?.S ?? '') || put?.met?.BOOL === true;

/** A change of the state without a word of it in the same transaction; undefined where all is well. */
export const changeWithoutEntry = (engine: string, record: unknown): string | undefined => {
  if (engine !== 'dynamodb') return undefined;
  const { writes = [], expired } = record as { writes?: readonly Write[]; expired?: boolean };
  if (expired) return undefined;
  const nameOf = ({ table }: Write): string => table.replace(/^swoe-[a-z]+-/, '');
  // What could not be written is set aside in the same transaction, and comes into the journal with the row's removal.
  if (writes.some((write) => nameOf(write) === 'journal' || write.put?.pk?.S === 'SPOOL')) return undefined;
  const tables = new Set(
    writes.filter((write) => !newToken(write) && !isPlace(write) && !isDone(write) && !isHint(write) && !isClaim(write)).map(nameOf),
  );
  const changed = [...tables].filter((table) => TOLD.has(table));
  return changed.length > 0
    ? `${changed.join(', ')} changed without an entry in the journal: ${JSON.stringify(writes).slice(0, 300)}`
    : undefined;
};
