import * as z from 'zod';
import { AgencyId } from './agency.ts';
import { Page } from './endpoint.ts';
import { AgreedPurpose, Exchange } from './partner.ts';
import { Category, Priority } from './vocabulary.ts';

/** `told`: an event for the first time. `corrected`: what it is now. `withdrawn`: what was told counts no more, and nothing is told instead. */
export const SharingWord = z.enum(['told', 'corrected', 'withdrawn']);
export type SharingWord = z.infer<typeof SharingWord>;

/** Where the dissemination is recorded: `data.sharing` of everything that leaves. `record` is the entry's chain and place in the journal. */
export const SharingNote = z.object({
  recipient: AgencyId,
  agreement: z.string(),
  purpose: z.string(),
  word: SharingWord,
  record: z.string(),
});
export type SharingNote = z.infer<typeof SharingNote>;

/** What leaves for another agency: a CloudEvents envelope, as `partner_agency` sends it. A withdrawal names no category, since nothing is told by it. */
export const Outgoing = z.object({
  specversion: z.literal('1.0'),
  id: z.string(),
  source: AgencyId,
  type: z.string(),
  time: z.iso.datetime(),
  data: z.looseObject({
    agency: AgencyId,
    category: Category.optional(),
    priority: Priority.optional(),
    sharing: SharingNote,
  }),
});
export type Outgoing = z.infer<typeof Outgoing>;

/** One thing that somebody outside was told, as the journal holds it: names of fields, never what stood in them. */
export const Dissemination = z.looseObject({
  recipient: z.string(),
  agreement: z.string().optional(),
  purpose: z.string(),
  word: z.string(),
  /** Of a partner system: whether it was asked or told, for which purpose of its agreement, as whom and for which case. */
  exchange: Exchange.optional(),
  for: AgreedPurpose.optional(),
  ori: z.string().optional(),
  case: z.string().optional(),
  fields: z.array(z.string()),
  withheld: z.array(z.string()).optional(),
  eventKey: z.string().optional(),
  actionId: z.string().optional(),
});
export type Dissemination = z.infer<typeof Dissemination>;

/** `recipient`: one agency or index; `from` ≤ when it was told < `to`. */
export const SharingQuery = Page.extend({
  recipient: z.string().max(60).optional(),
  incidentId: z.string().max(64).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
});
export type SharingQuery = z.infer<typeof SharingQuery>;

/** What was told to one agency and still may be: `data` by its agreement as an event is now. One that may not be told any more is withdrawn, and nothing stands in it. */
const SharedEvent = z.object({
  id: z.string(),
  toldAt: z.iso.datetime(),
  withdrawn: z.boolean(),
  type: z.string().optional(),
  time: z.iso.datetime().optional(),
  data: z.record(z.string(), z.unknown()),
});
export type SharedEvent = z.infer<typeof SharedEvent>;
export const SharedEvents = z.object({ items: z.array(SharedEvent), next: z.string().optional() });

/** Newest first. */
export const SharingList = z.object({
  items: z.array(Dissemination.extend({ at: z.iso.datetime(), incidentId: z.string().optional(), stream: z.string(), seq: z.int() })),
  next: z.string().optional(),
});
