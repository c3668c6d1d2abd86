import type { Adapted } from './format.ts';

type Refused = Extract<Adapted, { ok: false }>;

/** A refusal that names the place. It goes to the log and the dead letters, so `says` quotes nothing of what the event holds. */
export const refuse = (path: string, says: string): Refused => ({ ok: false, path, reason: `${path}: ${says}` });

/** What is refused in a part of a document, as the whole is refused for it: the part's place stands before its own. */
export const inside = (place: string, { path, reason }: Refused): Refused => ({
  ok: false,
  path: `${place}.${path}`,
  reason: `${place}.${reason}`,
});

/** A place as a person writes it: `alert.info[0].urgency`. */
export const placeOf = (root: string, path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (place, step) => (typeof step === 'number' ? `${place}[${step}]` : place ? `${place}.${String(step)}` : String(step)),
    root,
  );
