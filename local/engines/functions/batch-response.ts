/**
 * The ids a function reports in `batchItemFailures`. `all` where the report cannot be read: Lambda then takes the whole
 * batch as failed. An empty or missing list means that everything succeeded.
 */
export const failedItems = (payload: unknown, known: ReadonlySet<string>): ReadonlySet<string> | 'all' => {
  const list = (payload as { batchItemFailures?: unknown } | null | undefined)?.batchItemFailures;
  if (list === undefined || list === null) return new Set();
  if (!Array.isArray(list)) return 'all';
  const ids = list.map((item: unknown) => (item as { itemIdentifier?: unknown } | null)?.itemIdentifier);
  return ids.every((id): id is string => typeof id === 'string' && known.has(id)) ? new Set(ids) : 'all';
};
