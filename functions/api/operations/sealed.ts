import { closedTo } from '../../../shared/policy/access/index.ts';
import type { Vault } from '../../../shared/restricted/index.ts';
import type { JournalStore } from '../../../shared/stores/journal.ts';
import type { AdmitDeps } from '../admit.ts';
import type { Perform } from '../operation.ts';
import { conflict, forbidden, notFound, ok } from '../reply.ts';

interface Deps extends Pick<AdmitDeps, 'access'> {
  readonly vault: Vault;
  readonly journal: JournalStore;
}

/** Opens a piece to whom each of its labels is open. Written down before it is told: what could not be written down is not told. */
export const openSealed =
  ({ vault, journal, access }: Deps): Perform<'openSealed'> =>
  async ({ params: { token = '' }, body: { purpose, reason }, caller, role }) => {
    const piece = await vault.store.piece(token);
    if (!piece) return notFound(`Nothing is sealed under ${token.slice(0, 100)}: it ran out, or never was`);
    const closed = closedTo(access, caller, piece.labels);
    if (closed.length > 0) return forbidden(`${closed.join(', ')}: none of your roles opens this (${caller.roles.join(', ')})`);
    const opened = await vault.open(token);
    if (opened?.state !== 'open') return conflict(`${token} was erased with the key of one whom it was about`);
    const { labels, subjects, at, digest } = piece;
    const data = { token, labels, subjects, purpose, reason, role, digest };
    await journal.commit(token, [{ kind: 'sealed.opened', actor: `person/${caller.sub}`, data }]);
    return ok({ token, labels, subjects, sealedAt: at, said: opened.content });
  };
