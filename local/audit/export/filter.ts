import type { Kept } from '../../../shared/stores/journal.ts';

/** Which entries are meant: RFC 3339 times, `from` included and `to` not. */
export interface Which {
  readonly from?: string;
  readonly to?: string;
  readonly incident?: string;
  readonly execution?: string;
  readonly actor?: string;
  readonly kind?: string;
}

export const isPart = (which: Which): boolean => Object.values(which).some((value) => value !== undefined);

/** An incident's entries are those about it alone; of a batch, those that name it among their items. */
const isOf = (entry: Kept['entry'], incident: string): boolean => {
  if (entry['incidentId'] === incident) return true;
  const { items } = (entry['data'] ?? {}) as { items?: unknown };
  return Array.isArray(items) && items.some((item) => (item as Record<string, unknown> | null)?.['incidentId'] === incident);
};

/** Whether an entry is among those that are meant. */
export const chooses = ({ from, to, incident, execution, actor, kind }: Which): ((entry: Kept['entry']) => boolean) => {
  const start = from === undefined ? Number.NEGATIVE_INFINITY : Date.parse(from);
  const end = to === undefined ? Number.POSITIVE_INFINITY : Date.parse(to);
  return (entry) => {
    const at = Date.parse(String(entry['at']));
    if (at < start || at >= end) return false;
    if (execution !== undefined && entry['executionId'] !== execution) return false;
    if (actor !== undefined && entry['actor'] !== actor) return false;
    if (kind !== undefined && entry['kind'] !== kind) return false;
    return incident === undefined || isOf(entry, incident);
  };
};
