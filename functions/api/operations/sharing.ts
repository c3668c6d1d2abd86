import type { JournalEntry } from '../../../shared/contracts/journal.ts';
import { Dissemination } from '../../../shared/contracts/sharing.ts';
import type { Perform } from '../operation.ts';
import { ok } from '../reply.ts';
import { type AuditDeps, find, noteReading } from './audit.ts';

const shown = ({ data, at, incidentId, stream, seq }: JournalEntry) => ({ ...Dissemination.parse(data), at, incidentId, stream, seq });

/** The dissemination record, as the journal holds it; reading it is audited. */
export const listSharing =
  (deps: AuditDeps): Perform<'listSharing'> =>
  async ({ query, caller }) => {
    const { recipient, ...asked } = query;
    const list = await find(
      deps,
      asked,
      ({ kind, data }) => kind === 'dissemination.recorded' && (recipient === undefined || data['recipient'] === recipient),
    );
    if (!list.ok) return list.reply;
    await noteReading(deps, caller, query, 'sharing');
    return ok({ ...list.page, items: list.page.items.map(shown) });
  };
