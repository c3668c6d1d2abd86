import type { ActionRequested } from '../../contracts/action.ts';
import type { PartnerRequest } from '../../contracts/partner.ts';
import { isPartner, type Terms } from '../sharing/terms.ts';
import { messagesTo } from './messages.ts';

type Asked = Pick<ActionRequested, 'incidentId' | 'agency' | 'arguments' | 'entities' | 'within'>;

/** What each partner system is asked or told by an action: under what, for whom, and in its own words where it has published any. Pure. */
export const partnerRequests = (asked: Asked, terms: readonly Terms[], case_: string, by?: string): PartnerRequest[] =>
  terms.flatMap(({ recipient, exchange, purpose, ori, agreement }) => {
    if (!isPartner(recipient)) return [];
    const { within, entities, arguments: given } = asked;
    const inquiry = { system: recipient, operation: given['purpose'], purpose, ori, case: case_, within, entities };
    const messages = given['index'] === recipient ? messagesTo(inquiry) : [];
    return [{ system: recipient, exchange, purpose, agreement, ori, case: case_, agency: asked.agency, by, messages }];
  });
