import type * as z from 'zod';
import type { JournalKind } from '../../../shared/contracts/journal.ts';
import type { Barred, Shut } from '../../../shared/contracts/people.ts';
import { isBarred } from '../../../shared/domain/barred.ts';
import { iso } from '../../../shared/lambda/ids.ts';
import type { Clock } from '../../../shared/lambda/runtime.ts';
import type { BarredStore } from '../../../shared/stores/barred.ts';
import type { JournalStore } from '../../../shared/stores/journal.ts';
import type { SigninsStore } from '../../../shared/stores/signins.ts';
import type { Caller } from '../caller.ts';
import type { Perform } from '../operation.ts';
import { type Answer, conflict, notFound, ok } from '../reply.ts';
import type { hangUp } from '../sockets.ts';

interface Deps {
  readonly barred: BarredStore;
  readonly journal: JournalStore;
  readonly clock: Clock;
  readonly hangUp: ReturnType<typeof hangUp>;
}

type Said = Pick<Barred, 'what' | 'id' | 'until' | 'reason'>;

/** Who gets in no more; ended tokens stand in the list as long as anyone could still hold one. */
export const listBarred =
  ({ barred }: Pick<Deps, 'barred'>): Perform<'listBarred'> =>
  async () => {
    const items = await barred.all();
    return ok({ items: items.sort((a, b) => (a.at < b.at ? 1 : -1)) });
  };

/** Writes down who is barred, and ends their live connections: from now on the door and every push know it. */
const shut = async (
  { barred, journal, clock, hangUp: end }: Deps,
  kind: JournalKind,
  { sub }: Caller,
  said: Said,
): Promise<Answer<z.infer<typeof Shut>, 200>> => {
  const word: Barred = { ...said, by: sub, at: iso(clock.now()) };
  const { what, id, until, reason } = word;
  const data = { what, id, reason, ...(until ? { until } : {}) };
  await journal.commit(`person/${id}`, [{ kind, actor: `person/${sub}`, data }], [barred.bar(word)]);
  const closed = await end((connection) => isBarred([word], connection));
  return ok({ barred: word, closed });
};

export const disablePerson =
  (deps: Deps): Perform<'disablePerson'> =>
  async ({ params: { sub = '' }, body: { reason }, caller }) => {
    // The last admin would otherwise be able to shut the door behind themselves.
    if (sub === caller.sub) return conflict('You cannot shut yourself out: another admin does that');
    return shut(deps, 'person.disabled', caller, { what: 'person', id: sub, reason });
  };

export const enablePerson =
  ({ barred, journal }: Deps): Perform<'enablePerson'> =>
  async ({ params: { sub = '' }, body: { reason }, caller }) => {
    const entry = { kind: 'person.enabled' as const, actor: `person/${caller.sub}`, data: { id: sub, reason } };
    const done = await journal.commit(`person/${sub}`, [entry], [barred.admit(sub)]);
    return done.ok ? ok({ sub }) : notFound(`${sub.slice(0, 128)} is not disabled; GET /people/barred lists who is`);
  };

/** Breaks the glass: a dispatcher who mistyped does not wait a quarter of an hour. */
export const unlockPerson =
  ({ signins, journal }: Pick<Deps, 'journal'> & { signins: SigninsStore }): Perform<'unlockPerson'> =>
  async ({ params: { sub = '' }, body: { reason }, caller }) => {
    const entry = { kind: 'person.unlocked' as const, actor: `person/${caller.sub}`, data: { id: sub, reason } };
    const done = await journal.commit(`person/${sub}`, [entry], [signins.unlock(sub)]);
    return done.ok ? ok({ sub }) : notFound(`${sub.slice(0, 128)} is not locked: nothing keeps them from signing in`);
  };

export const revokeTokens =
  (deps: Deps): Perform<'revokeTokens'> =>
  async ({ body, caller }) => {
    const { reason } = body;
    const said: Said =
      'sub' in body ? { what: 'tokens', id: body.sub, until: iso(deps.clock.now()), reason } : { what: 'token', id: body.tokenId, reason };
    return shut(deps, 'token.revoked', caller, said);
  };
