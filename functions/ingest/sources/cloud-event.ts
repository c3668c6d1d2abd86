import { Envelope } from '../../../shared/contracts/event.ts';

/** The default adapter: a CloudEvents 1.0 envelope as it stands in `detail`. The refusal names the field. */
export const cloudEvent = (detail: unknown): { ok: true; envelope: Envelope } | { ok: false; path: string; reason: string } => {
  const parsed = Envelope.safeParse(detail);
  if (parsed.success) return { ok: true, envelope: parsed.data };
  const issue = parsed.error.issues[0];
  const path = issue?.path.join('.') ?? '';
  return { ok: false, path, reason: `${path || 'detail'}: ${issue?.message ?? 'is not a CloudEvents 1.0 envelope'}` };
};
