import type { Partner } from '../../../shared/contracts/agency.ts';
import type { JournalEntry } from '../../../shared/contracts/journal.ts';
import type { SharedEvent } from '../../../shared/contracts/sharing.ts';
import { mayBeTold } from '../../../shared/domain/sharing/agreed.ts';
import { cut } from '../../../shared/domain/sharing/cut.ts';
import { partnerOf } from '../../../shared/domain/sharing/partners.ts';
import { isShielded } from '../../../shared/domain/sharing/shielded.ts';
import type { FactsStore } from '../../../shared/stores/facts.ts';
import type { Perform } from '../operation.ts';
import { ok } from '../reply.ts';
import { type AuditDeps, find, noteReading } from './audit.ts';

interface Deps extends AuditDeps {
  readonly facts: Pick<FactsStore, 'about'>;
  readonly partners: readonly Partner[];
}

/** That a partner was told of an event for the first time; what a step told somebody of that name is not an event. */
const isTelling = ({ id }: Partner, { kind, data }: JournalEntry): boolean =>
  kind === 'dissemination.recorded' && data['recipient'] === id && data['word'] === 'told' && data['sharedAs'] !== undefined;

/** An event as its agreement cuts it now: corrected, shielded and withdrawn as `share` would tell it at this moment. */
const asShared =
  ({ events, facts, clock }: Deps, partner: Partner) =>
  async ({ at, incidentId, data }: JournalEntry): Promise<SharedEvent> => {
    const told = { id: String(data['sharedAs']), toldAt: at };
    const [stored, about] = await Promise.all([events.get(String(data['eventKey'])), facts.about([`incident/${incidentId}`])]);
    const now = clock.now();
    if (!stored || !mayBeTold(partner, stored.event, now)) return { ...told, withdrawn: true, data: {} };
    const { event } = stored;
    const left = cut(partner.agreement.what, event, isShielded(event, about, now));
    return { ...told, withdrawn: false, type: event.type, time: event.occurredAt, data: { ...left.data } };
  };

/** What a partner agency's people see over REST: what was told to their agency, and nothing else. Nothing is shared with our own. */
export const sharedEvents =
  (deps: Deps): Perform<'sharedEvents'> =>
  async ({ query, caller }) => {
    const partner = partnerOf(deps.partners, caller.agency, deps.clock.now());
    if (!partner) return ok({ items: [] });
    const list = await find(deps, query, (entry) => isTelling(partner, entry));
    if (!list.ok) return list.reply;
    await noteReading(deps, caller, query, 'shared');
    return ok({ ...list.page, items: await Promise.all(list.page.items.map(asShared(deps, partner))) });
  };
