import type { Entity } from '../contracts/event.ts';
import type { Label } from '../contracts/restricted.ts';
import { identity } from '../domain/fusion/spelling.ts';
import { canonical, iso } from '../lambda/ids.ts';
import type { Runtime } from '../lambda/runtime.ts';
import type { JournalStore } from '../stores/journal.ts';
import type { PieceRow, SubjectRow, VaultStore } from '../stores/vault.ts';
import { contentKey, decrypt, digestOf, encrypt, indexOf, newSalt } from './cipher.ts';
import type { Keyring } from './keyring.ts';
import { newSubject } from './tokens.ts';

export interface VaultDeps extends Pick<Runtime, 'clock' | 'random'> {
  readonly store: VaultStore;
  readonly keyring: Keyring;
  readonly journal: Pick<JournalStore, 'commit'>;
}

/** What is to be sealed under `token`. `people` are the tokens of those whom it names, empty where an id identifies nobody; without any the piece is its own subject. */
export interface ToSeal {
  readonly token: string;
  readonly labels: readonly Label[];
  readonly people: readonly string[];
  readonly content: Readonly<Record<string, unknown>>;
}

export type OpenedPiece =
  | { readonly state: 'open'; readonly piece: PieceRow; readonly content: Record<string, unknown> }
  | { readonly state: 'erased'; readonly piece: PieceRow };

const ATTEMPTS = 20;
/** Of so many subjects the keys make up a piece's: more would not fit into one transaction. */
const MOST_SUBJECTS = 30;
const STAGE = 'stage';

/** What a piece's ciphertext is bound to, so that its labels and subjects cannot be changed beside it. */
const boundTo = ({ token, labels, subjects, at }: Pick<PieceRow, 'token' | 'labels' | 'subjects' | 'at'>): string =>
  canonical({ token, labels, subjects, at });

/** A subject's key is there: it was not erased. */
const isKept = (row: SubjectRow): row is SubjectRow & { wrapped: string } => row.wrapped !== undefined;

/** Seals what is restricted, and opens it while every key is there. */
export const vault = ({ store, keyring, journal, clock, random }: VaultDeps) => {
  let secret: Promise<Uint8Array> | undefined;

  const makeSecret = async (): Promise<Uint8Array> => {
    const kept = await store.secret();
    if (kept) return keyring.unwrap(STAGE, kept);
    const { key, wrapped } = await keyring.fresh(STAGE);
    const done = await journal.commit(STAGE, [], [store.keepSecret(wrapped)]);
    return done.ok ? key : makeSecret();
  };

  /** The stage's secret, once an instance. */
  const stageSecret = async (): Promise<Uint8Array> => {
    secret ??= makeSecret();
    try {
      return await secret;
    } catch (error) {
      secret = undefined;
      throw error;
    }
  };

  /** By what a person is found; undefined for an id that identifies nobody, such as `UNKNOWN`. */
  const indexFor = async (entity: Entity): Promise<string | undefined> => {
    const known = identity(entity, '');
    return known === undefined ? undefined : indexOf(await stageSecret(), entity.kind, known);
  };

  /** A person who is new here; somebody else may be faster, whose token then holds. */
  const introduce = async (entity: Entity, index: string): Promise<string> => {
    const token = newSubject(random);
    const now = clock.now();
    const { key, wrapped } = await keyring.fresh(token);
    const row = { token, wrapped, index, named: encrypt(key, token, canonical(entity)), at: iso(now) };
    if ((await journal.commit(token, [], store.open(row, now))).ok) return token;
    const [known] = await store.indexed([index]);
    if (!known) throw new Error('A subject was made and erased at once; the message will be delivered again');
    return known;
  };

  /** The tokens of these people, in their order; undefined for an id that identifies nobody. */
  const tokensOf = async (people: readonly Entity[]): Promise<(string | undefined)[]> => {
    if (people.length === 0) return [];
    const indexes = await Promise.all(people.map(indexFor));
    const wanted = indexes.flatMap((index) => index ?? []);
    const found = await store.indexed(wanted);
    const known = new Map(wanted.map((index, at) => [index, found[at]]));
    const tokens: (string | undefined)[] = [];
    for (const [at, index] of indexes.entries()) {
      const entity = people[at];
      if (index === undefined || !entity) {
        tokens.push(undefined);
        continue;
      }
      const token = known.get(index) ?? (await introduce(entity, index));
      known.set(index, token);
      tokens.push(token);
    }
    return tokens;
  };

  const keysOf = (subjects: readonly (SubjectRow & { wrapped: string })[]): Promise<Uint8Array[]> =>
    Promise.all(subjects.map(({ token, wrapped }) => keyring.unwrap(token, wrapped)));

  /** The subjects of a piece, in the order of their tokens. A piece that names nobody is made one of its own. */
  const subjectsFor = async ({ token, people }: ToSeal): Promise<SubjectRow[]> => {
    const named = [...new Set(people)].filter(Boolean).sort();
    if (named.length > 0) return store.subjects(named.slice(0, MOST_SUBJECTS));
    const [known] = await store.subjects([token]);
    if (known) return [known];
    const { wrapped } = await keyring.fresh(token);
    const row: SubjectRow = { token, wrapped, at: iso(clock.now()) };
    return (await journal.commit(token, [], store.open(row, clock.now()))).ok ? [row] : store.subjects([token]);
  };

  const pieceOf = async (what: ToSeal, subjects: readonly (SubjectRow & { wrapped: string })[]): Promise<PieceRow> => {
    const { token, labels, people, content } = what;
    const salt = newSalt();
    const head = { token, labels, subjects: subjects.map((one) => one.token), at: iso(clock.now()) };
    const inside = { salt: newSalt().toString('hex'), content };
    const key = contentKey(await keysOf(subjects), salt, token);
    return {
      ...head,
      people,
      salt: salt.toString('base64'),
      body: encrypt(key, boundTo(head), JSON.stringify(inside)),
      digest: digestOf(inside.salt, canonical(content)),
    };
  };

  const seal = async (what: ToSeal): Promise<PieceRow> => {
    for (let tries = 0; tries < ATTEMPTS; tries += 1) {
      const known = await store.piece(what.token);
      if (known) return known;
      const subjects = (await subjectsFor(what)).filter(isKept);
      if (subjects.length === 0)
        throw new Error(`The subjects of ${what.token} were erased while it was sealed; it will be delivered again`);
      const piece = await pieceOf(what, subjects);
      if ((await journal.commit(what.token, [], store.seal(piece, subjects, clock.now()))).ok) return piece;
    }
    throw new Error(`The subjects of ${what.token} changed ${ATTEMPTS} times while it was sealed; it will be delivered again`);
  };

  const read = (piece: PieceRow, keys: readonly Uint8Array[]): Record<string, unknown> => {
    const key = contentKey(keys, Buffer.from(piece.salt, 'base64'), piece.token);
    const { salt, content } = JSON.parse(decrypt(key, boundTo(piece), piece.body)) as { salt: string; content: Record<string, unknown> };
    if (digestOf(salt, canonical(content)) !== piece.digest) throw new Error(`${piece.token} is not what was sealed`);
    return content;
  };

  return {
    store,
    tokensOf,

    /** Seals a piece, once: a token that was sealed before keeps what was sealed first. */
    seal,

    /** What is sealed under a token, or that a key of it was destroyed; undefined where there is no such piece. Throws where it was tampered with. */
    open: async (token: string): Promise<OpenedPiece | undefined> => {
      const piece = await store.piece(token);
      if (!piece) return undefined;
      const subjects = (await store.subjects(piece.subjects)).filter(isKept);
      if (subjects.length < piece.subjects.length) return { state: 'erased', piece };
      return { state: 'open', piece, content: read(piece, await keysOf(subjects)) };
    },

    /** Whose tokens stand here, as they were named first; a subject that was erased is left out. For those alone who must act on it. */
    whoAre: async (entities: readonly Entity[]): Promise<Entity[]> => {
      const rows = new Map((await store.subjects(entities.map(({ id }) => id))).map((row) => [row.token, row]));
      const named = entities.map(async ({ id }): Promise<Entity[]> => {
        const row = rows.get(id);
        if (!row?.named || !isKept(row)) return [];
        return [JSON.parse(decrypt(await keyring.unwrap(id, row.wrapped), id, row.named)) as Entity];
      });
      return (await Promise.all(named)).flat();
    },

    /** The token of a person; undefined for whoever is not known here. */
    find: async (entity: Entity): Promise<string | undefined> => {
      if ((await store.secret()) === undefined) return undefined;
      const index = await indexFor(entity);
      return index === undefined ? undefined : (await store.indexed([index]))[0];
    },
  };
};

export type Vault = ReturnType<typeof vault>;
