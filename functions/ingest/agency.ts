import * as z from 'zod';
import type { Delivery } from '../../shared/lambda/doors.ts';
import type { Normalised } from './normalise.ts';

/** The other agencies that speak from an account of their own: account → agency. */
const Accounts = z.record(z.string(), z.string());
export type AgencyAccounts = z.infer<typeof Accounts>;

export const agencyAccountsIn = (text: string): AgencyAccounts => Accounts.parse(JSON.parse(text));

/** A CloudEvents envelope has a place for the agency; the other formats have none, and there the account says whose word it is. */
const isEnvelope = (detail: unknown): boolean => typeof detail === 'object' && detail !== null && 'specversion' in detail;

const refused = (reason: string): Normalised => ({ ok: false, path: 'data.agency', reason: `data.agency: ${reason}` });

/**
 * A neighbour's event in its own name and in nobody else's. EventBridge stamps the account that put it: what comes from an agency's account must
 * name that agency, and what comes from elsewhere may not. Pure.
 */
export const inItsName = (accounts: AgencyAccounts, { raw }: Delivery, one: Normalised): Normalised => {
  if (!one.ok) return one;
  const { event } = one;
  const speaker = accounts[String(raw['account'])];
  if (speaker !== undefined && !isEnvelope(raw.detail)) return { ...one, event: { ...event, agency: speaker } };
  if (speaker !== undefined && event.agency !== speaker)
    return refused(`account ${String(raw['account'])} is that of ${speaker}: name it, and no other agency`);
  if (speaker === undefined && event.source === 'partner_agency' && Object.values(accounts).includes(event.agency))
    return refused(`${event.agency} speaks for itself, from an account of its own`);
  return one;
};
