import * as z from 'zod';

/** A person's id, as tokens name it (`sub`). */
const Sub = z.string().min(1).max(128);
const Reason = z.string().min(3).max(500);

/** Why somebody is shut out, or let in again; kept with the name of whoever says it. */
export const PersonRequest = z.object({ reason: Reason });

/** Which tokens end: all that were given to a person until now, or one by its id (`jti`). */
export const RevokeRequest = z.union([
  z.strictObject({ sub: Sub, reason: Reason }),
  z.strictObject({ tokenId: z.string().min(1).max(128), reason: Reason }),
]);
export type RevokeRequest = z.infer<typeof RevokeRequest>;

/**
 * Who gets in no more. `person`: nobody of this `sub`, until somebody says otherwise. `tokens`: no token that was given to this `sub` up to
 * `until`. `token`: the one of this id. `until` and `at` are ISO 8601 UTC.
 */
export const Barred = z.object({
  what: z.enum(['person', 'tokens', 'token']),
  id: z.string(),
  until: z.iso.datetime().optional(),
  by: z.string(),
  reason: z.string(),
  at: z.iso.datetime(),
});
export type Barred = z.infer<typeof Barred>;

export const BarredList = z.object({ items: z.array(Barred) });
/** `closed`: how many live connections ended at once. */
export const Shut = z.object({ barred: Barred, closed: z.int() });
export const LetIn = z.object({ sub: z.string() });
