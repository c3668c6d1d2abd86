import type { Subject } from '../../../shared/contracts/restricted.ts';
import { iso } from '../../../shared/lambda/ids.ts';
import { packed } from '../../../shared/lambda/packed.ts';
import type { Clock } from '../../../shared/lambda/runtime.ts';
import type { Vault } from '../../../shared/restricted/index.ts';
import type { JournalStore } from '../../../shared/stores/journal.ts';
import type { SubjectRow } from '../../../shared/stores/vault.ts';
import type { Ask, Perform } from '../operation.ts';
import { conflict, notFound, ok, type Refusal } from '../reply.ts';

interface Deps {
  readonly vault: Vault;
  readonly journal: JournalStore;
  readonly clock: Clock;
}

/** Rows in one transaction, well under its hundred. */
const AT_ONCE = { most: 25 };

const stateOf = ({ erasedAt, hold }: SubjectRow): Subject['state'] => (erasedAt ? 'erased' : hold ? 'held' : 'kept');

const shown = async ({ vault }: Deps, row: SubjectRow): Promise<Subject> => ({
  token: row.token,
  state: stateOf(row),
  since: row.erasedAt ?? row.hold?.at ?? row.at,
  legalBasis: row.legalBasis ?? row.hold?.legalBasis,
  pieces: await vault.store.piecesOf(row.token),
});

const known = async ({ vault }: Pick<Deps, 'vault'>, token: string): Promise<SubjectRow | Refusal> => {
  const [row] = await vault.store.subjects([token]);
  return row ?? notFound(`Nobody is known under ${token.slice(0, 100)}; POST /subjects/find tells a person’s token`);
};

const moved = (token: string): Refusal => conflict(`${token} changed this very moment: look at it again`);

/** What runs out with a subject is kept for good while it is held, and has its term again after the last hold on any of those concerned. */
const keepTerms = async ({ vault, journal, clock }: Deps, token: string, isHeld: boolean): Promise<void> => {
  const pieces = await vault.store.pieces(await vault.store.piecesOf(token));
  const others = await vault.store.subjects(pieces.flatMap(({ subjects }) => subjects));
  const held = new Set(others.flatMap((row) => (row.hold && row.token !== token ? [row.token] : [])));
  const free = pieces.filter(({ subjects }) => isHeld || !subjects.some((subject) => held.has(subject)));
  const concerned = new Set(free.flatMap(({ subjects }) => subjects));
  const rows = others.filter((row) => concerned.has(row.token) && !held.has(row.token));
  for (const some of packed(vault.store.terms(free, rows, clock.now(), isHeld), AT_ONCE)) {
    let open = [...some];
    while (open.length > 0) {
      const done = await journal.commit(token, [], open);
      if (done.ok) break;
      // What ran out meanwhile is left out.
      const gone = new Set(done.failed);
      open = open.filter((_, at) => !gone.has(at));
    }
  }
};

/** Who a person is here. That somebody asked is an entry, with the token alone. */
export const findSubject =
  (deps: Deps): Perform<'findSubject'> =>
  async ({ body: { kind, id, reason }, caller, role }) => {
    const token = await deps.vault.find({ kind, id });
    const [row] = token === undefined ? [] : await deps.vault.store.subjects([token]);
    const data = { token, found: row !== undefined, reason, role };
    await deps.journal.commit(token ?? `person/${caller.sub}`, [{ kind: 'subject.found', actor: `person/${caller.sub}`, data }]);
    if (!row) return notFound(`Nothing is sealed under that ${kind}: it never was, it ran out, or it was erased`);
    return ok(await shown(deps, row));
  };

export const holdSubject =
  (deps: Deps): Perform<'holdSubject'> =>
  async ({ params: { token = '' }, body: { legalBasis, reason }, caller, role }) => {
    const { vault, journal, clock } = deps;
    const row = await known(deps, token);
    if ('status' in row) return row;
    if (row.erasedAt) return conflict(`${token} was erased at ${row.erasedAt}: there is nothing left to keep`);
    const hold = { legalBasis, reason, at: row.hold?.at ?? iso(clock.now()) };
    const entry = { kind: 'subject.held' as const, actor: `person/${caller.sub}`, data: { token, legalBasis, reason, role } };
    const done = await journal.commit(token, [entry], [vault.store.hold(row, hold, clock.now())]);
    if (!done.ok) return moved(token);
    await keepTerms(deps, token, true);
    return ok(await shown(deps, { ...row, hold }));
  };

export const releaseSubject =
  (deps: Deps): Perform<'releaseSubject'> =>
  async ({ params: { token = '' }, body: { reason }, caller, role }) => {
    const { vault, journal, clock } = deps;
    const row = await known(deps, token);
    if ('status' in row) return row;
    if (!row.hold) return conflict(`Nothing holds ${token}`);
    const entry = { kind: 'subject.released' as const, actor: `person/${caller.sub}`, data: { token, reason, role } };
    const done = await journal.commit(token, [entry], [vault.store.hold(row, undefined, clock.now())]);
    if (!done.ok) return moved(token);
    await keepTerms(deps, token, false);
    return ok(await shown(deps, { ...row, hold: undefined }));
  };

type Erase = Ask<'eraseSubject'>;

/** Why a subject cannot be erased now, or its row. */
const erasable = async (deps: Pick<Deps, 'vault'>, { params: { token = '' } }: Erase): Promise<SubjectRow | Refusal> => {
  const row = await known(deps, token);
  if ('status' in row) return row;
  if (row.hold) return conflict(`${token} is held since ${row.hold.at} (${row.hold.legalBasis}): the hold has to end first`);
  return row;
};

/** What can be told before a second person is troubled. */
export const eraseAhead =
  (deps: Pick<Deps, 'vault'>) =>
  async (ask: Erase): Promise<Refusal | undefined> => {
    const row = await erasable(deps, ask);
    if ('status' in row) return row;
    return row.erasedAt ? conflict(`${row.token} was erased at ${row.erasedAt}`) : undefined;
  };

/**
 * Destroys a subject's key in the transaction of its entry: from then on nothing that is sealed under it opens, wherever it lies, and nobody finds
 * the person. The tokens stay where they stand and name nobody any more, so no incident, count or chain changes. Asked again it is done already.
 */
export const eraseSubject =
  (deps: Deps): Perform<'eraseSubject'> =>
  async (ask) => {
    const { vault, journal, clock } = deps;
    const row = await erasable(deps, ask);
    if ('status' in row) return row;
    if (row.erasedAt) return ok(await shown(deps, row));
    const { token } = row;
    const { legalBasis, reason } = ask.body;
    const at = iso(clock.now());
    const data = { token, legalBasis, reason, role: ask.role };
    const entry = { kind: 'subject.erased' as const, actor: `person/${ask.caller.sub}`, data };
    const done = await journal.commit(token, [entry], vault.store.erase(row, { legalBasis, at }));
    return done.ok ? ok(await shown(deps, { ...row, erasedAt: at, legalBasis })) : moved(token);
  };
