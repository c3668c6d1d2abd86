import { ActionCancelled, ActionRequested } from '../../shared/contracts/action.ts';

export type Order =
  | { readonly kind: 'requested'; readonly order: ActionRequested }
  | { readonly kind: 'cancelled'; readonly order: ActionCancelled };

/** What a letter from the bus asks for; a sentence saying why it cannot be understood otherwise. */
export const orderIn = (body: string): Order | string => {
  let event: { 'detail-type'?: unknown; detail?: unknown };
  try {
    event = JSON.parse(body) as typeof event;
  } catch {
    return 'a letter that is not JSON';
  }
  const type = event['detail-type'];
  if (type === 'action.requested') {
    const parsed = ActionRequested.safeParse(event.detail);
    return parsed.success
      ? { kind: 'requested', order: parsed.data }
      : `an action.requested that breaks its contract: ${parsed.error.issues[0]?.message}`;
  }
  if (type === 'action.cancelled') {
    const parsed = ActionCancelled.safeParse(event.detail);
    return parsed.success
      ? { kind: 'cancelled', order: parsed.data }
      : `an action.cancelled that breaks its contract: ${parsed.error.issues[0]?.message}`;
  }
  return `a letter of type ${String(type)}, which no subsystem performs`;
};
