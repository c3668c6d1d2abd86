import type { BufferState, SourceBuffer } from '../contracts/source-buffer.ts';
import { iso } from '../lambda/ids.ts';
import type { SourceSpec } from '../sources/index.ts';
import { perMinute, type SourceState } from '../stores/source-state.ts';
import { paceOf, waitingAt } from './pace.ts';

/** So long (ms) a source is called shedding after the last event that was. */
const REMEMBERED_MS = 60_000;

const stateOf = ({ silentAfterS }: SourceSpec, { lastSeenAt, lastShedAt }: SourceState, waiting: number, now: number): BufferState => {
  if (lastShedAt !== undefined && now - lastShedAt < REMEMBERED_MS) return 'shedding';
  if (waiting > 0) return 'delaying';
  if (silentAfterS === undefined) return 'ok';
  return lastSeenAt === undefined || now - lastSeenAt > silentAfterS * 1000 ? 'silent' : 'ok';
};

const at = (ms: number | undefined): string | undefined => (ms === undefined ? undefined : iso(ms));

/** How a source stands at `now` (ms). Pure. */
export const bufferOf = (spec: SourceSpec, known: SourceState, now: number): SourceBuffer => {
  const waiting = waitingAt(paceOf(spec), known.next ?? 0, now * 1000);
  return {
    source: spec.source,
    title: spec.title,
    state: stateOf(spec, known, waiting, now),
    perSecond: spec.rate.perSecond,
    burst: spec.rate.burst,
    bound: spec.buffer,
    waiting,
    perMinute: perMinute(known, now),
    received: known.received,
    ...known.fates,
    errors: known.errors,
    lastSeenAt: at(known.lastSeenAt),
    lastEventAt: known.lastEventAt,
    lastShedAt: at(known.lastShedAt),
    lastErrorAt: at(known.lastErrorAt),
  };
};
