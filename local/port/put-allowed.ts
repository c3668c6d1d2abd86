import type { Serve } from '../kernel/engine.ts';

/** As EventBridge does: an entry whose source the bus forbids to this caller fails alone, the others go on. */
export const putAllowed = async (
  serve: Serve,
  input: Record<string, unknown>,
  refusals: readonly unknown[],
): Promise<Record<string, unknown>> => {
  const entries = input['Entries'] as { Source?: unknown }[];
  const allowed = entries.filter((_entry, index) => !refusals[index]);
  const answer = allowed.length > 0 ? await serve('PutEvents', { ...input, Entries: allowed }) : { FailedEntryCount: 0, Entries: [] };
  const results = [...(answer['Entries'] as unknown[])];
  const Entries = entries.map((entry, index) =>
    refusals[index]
      ? {
          ErrorCode: 'NotAuthorizedForSourceException',
          ErrorMessage: `Not authorized to put events with the source ${String(entry.Source)} on this bus.`,
        }
      : results.shift(),
  );
  return { ...answer, FailedEntryCount: Number(answer['FailedEntryCount'] ?? 0) + entries.length - allowed.length, Entries };
};
