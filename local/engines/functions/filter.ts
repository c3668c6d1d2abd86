import type { Mapping } from './mapping.ts';

/** A message's body as a filter sees it: parsed where it is JSON. */
const opened = (record: object): object => {
  const { body } = record as { body?: unknown };
  if (typeof body !== 'string') return record;
  try {
    return { ...record, body: JSON.parse(body) as unknown };
  } catch {
    return record;
  }
};

/** Whether a mapping hands a record to its function at all. */
export const wanted = ({ filters }: Pick<Mapping, 'filters'>, record: object): boolean => {
  if (filters.length === 0) return true;
  const subject = opened(record);
  return filters.some((filter) => filter.matches(subject));
};
