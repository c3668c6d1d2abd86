import { existsSync } from 'node:fs';
import { normalise } from '../../functions/ingest/normalise.ts';
import { load } from '../../local/replay/load.ts';
import { type Observation, observe } from '../../shared/domain/fusion/index.ts';
import type { BusEvent } from '../../shared/lambda/doors.ts';
import { nodeOf } from '../../shared/lambda/ids.ts';
import { only } from '../support/only.ts';

const DIR = new URL('../../../shared/real/', import.meta.url).pathname;
/** When all of it is told: long after it happened. */
export const NOW = Date.UTC(2026, 10, 22, 17);

/** Real records that do not belong to us: a file that is missing is skipped by whoever asks. */
export const FILES = ['gunshots-dc.csv', 'calls-911-montgomery-pa.csv', 'cad-fire-2024-06.jsonl'] as const;
export const pathOf = (name: string): string => `${DIR}${name}`;
export const isThere = (name: string): boolean => existsSync(pathOf(name));

export interface Told {
  readonly raw: BusEvent;
  readonly seen: Observation;
}

/** The records of a file, at most `limit`, each as the bus delivers it and as fusion sees it. */
export const recordsOf = (name: string, limit?: number): Told[] =>
  load(pathOf(name), limit).records.flatMap(({ event }, n) => {
    const { source, type } = event;
    const raw: BusEvent = { id: `record-${n}`, 'detail-type': type, source, time: new Date(NOW).toISOString(), detail: event };
    const normal = only(normalise(raw, NOW));
    return normal.ok ? [{ raw, seen: observe(nodeOf(normal.key), normal.key, normal.event) }] : [];
  });
