import { Envelope } from '../../../shared/contracts/event.ts';
import type { Adapted } from './format.ts';

/** The default: a CloudEvents 1.0 envelope as it stands in `detail`. The refusal names the field. */
export const cloudEvent = (detail: unknown): Adapted => {
  const parsed = Envelope.safeParse(detail);
  if (parsed.success) return { ok: true, envelope: parsed.data };
  const issue = parsed.error.issues[0];
  const path = issue?.path.join('.') ?? '';
  return { ok: false, path, reason: `${path || 'detail'}: ${issue?.message ?? 'is not a CloudEvents 1.0 envelope'}` };
};
