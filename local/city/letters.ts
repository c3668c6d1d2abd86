import type * as z from 'zod';
import { ActionCancelled, ActionCorrected, ActionRequested, ActionUpdated } from '../../shared/contracts/action.ts';
import { VerdictRequested } from './verdicts.ts';

export type Order =
  | { readonly kind: 'requested'; readonly order: ActionRequested }
  | { readonly kind: 'cancelled'; readonly order: ActionCancelled }
  | { readonly kind: 'updated'; readonly order: ActionUpdated }
  | { readonly kind: 'corrected'; readonly order: ActionCorrected }
  | { readonly kind: 'verdict'; readonly order: VerdictRequested };

const KINDS = {
  'action.requested': { kind: 'requested', shape: ActionRequested },
  'action.cancelled': { kind: 'cancelled', shape: ActionCancelled },
  'action.updated': { kind: 'updated', shape: ActionUpdated },
  'action.corrected': { kind: 'corrected', shape: ActionCorrected },
  'verdict.requested': { kind: 'verdict', shape: VerdictRequested },
} as const satisfies Record<string, { kind: Order['kind']; shape: z.ZodType }>;

const isKnown = (type: unknown): type is keyof typeof KINDS => typeof type === 'string' && Object.hasOwn(KINDS, type);

/** What a letter from the bus asks for; a sentence saying why it cannot be understood otherwise. */
export const orderIn = (body: string): Order | string => {
  let event: { 'detail-type'?: unknown; detail?: unknown };
  try {
    event = JSON.parse(body) as typeof event;
  } catch {
    return 'a letter that is not JSON';
  }
  const type = event['detail-type'];
  if (!isKnown(type)) return `a letter of type ${String(type)}, which no subsystem performs`;
  const { kind, shape } = KINDS[type];
  const parsed = shape.safeParse(event.detail);
  // The shape just parsed is the kind's own.
  return parsed.success
    ? ({ kind, order: parsed.data } as Order)
    : `an ${type} that breaks its contract: ${parsed.error.issues[0]?.message}`;
};
