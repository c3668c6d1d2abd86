import type { JournalEntry } from '../../../shared/contracts/journal.ts';
import type { Observation } from '../observe.ts';

/** What may lie between the moment that an entry names and the one in which it stands (ms): a call that is slow and tried again. */
const SLOW_MS = 15_000;
/** So long may a function be at a start that was let go just before the pause (ms). */
const STARTING_MS = 45_000;

const MAY_TAKE: Readonly<Partial<Record<JournalEntry['kind'], number>>> = {
  'action.requested': SLOW_MS,
  'match.released': SLOW_MS,
  'match.started': STARTING_MS,
  'workflow.started': STARTING_MS,
};

const RUNNING = new Set<JournalEntry['kind']>(['kernel.resumed', 'kernel.started']);

/** When the engine was paused, from and to (ms). */
const pausesOf = (journal: readonly JournalEntry[]): { from: number; to: number }[] => {
  const own = journal.filter(({ kind }) => kind.startsWith('kernel.')).sort((a, b) => a.seq - b.seq);
  return own.flatMap(({ kind, at }, n) => {
    const next = own[n + 1];
    return kind === 'kernel.paused'
      ? [{ from: Date.parse(at), to: next && RUNNING.has(next.kind) ? Date.parse(next.at) : Number.POSITIVE_INFINITY }]
      : [];
  });
};

/** While the engine is paused nothing is let go, started or asked for, but what was written down in the very moment before. */
export const aPausedEngineIsStill = ({ journal, skewMs }: Observation): string[] => {
  const pauses = pausesOf(journal);
  return journal.flatMap(({ kind, at, executionId, data }) => {
    const slack = MAY_TAKE[kind];
    if (slack === undefined) return [];
    const when = Date.parse(at);
    const during = pauses.find(({ from, to }) => when > from + slack + skewMs && when < to - skewMs);
    return during ? [`${kind} of ${executionId} (${data['step'] ?? data['workflow']}) at ${at}, while the engine was paused`] : [];
  });
};

/** What was matched while the engine was paused, and came to be started, waited in between. */
export const whatIsMatchedInAPauseWaits = ({ journal, skewMs }: Observation): string[] => {
  const pauses = pausesOf(journal);
  const about = (kind: JournalEntry['kind']) =>
    new Set(journal.filter((one) => one.kind === kind).map(({ data }) => `${data['eventKey']} ${data['workflow']}`));
  const [queued, started] = [about('match.queued'), about('match.started')];
  return journal.flatMap(({ kind, at, data }) => {
    const key = `${data['eventKey']} ${data['workflow']}`;
    if (kind !== 'match.made' || queued.has(key) || !started.has(key)) return [];
    const when = Date.parse(at);
    const during = pauses.some(({ from, to }) => when > from + SLOW_MS + skewMs && when < to - skewMs);
    return during ? [`${key} was matched at ${at}, while the engine was paused, and started without waiting`] : [];
  });
};

/** Nothing waits for an engine that runs. */
export const nothingWaitsInTheEnd = ({ waiting }: Observation): string[] =>
  waiting.map(({ pk, sk }) => `${pk} ${sk} still waits for the engine`);
