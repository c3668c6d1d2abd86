import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Hold, Label } from '../contracts/restricted.ts';
import { type Item, table, ttl, type Write } from './table.ts';

/** As long as the events that it was taken from. */
const KEEP_MS = 400 * 24 * 3600 * 1000;

/**
 * A subject's row. `wrapped` is its key, under KMS; without it the subject was erased (`erasedAt`). `named` is who it is, under that key, and `index`
 * by what a person's row is found; both are absent for a piece that is its own subject.
 */
export interface SubjectRow {
  readonly token: string;
  readonly wrapped?: string | undefined;
  readonly named?: string | undefined;
  readonly index?: string | undefined;
  readonly at: string;
  readonly hold?: (Hold & { readonly at: string }) | undefined;
  readonly erasedAt?: string | undefined;
  readonly legalBasis?: string | undefined;
}

/** A sealed piece. `body` is its ciphertext; `people` the tokens that stand for its persons, in the order in which they were named. */
export interface PieceRow {
  readonly token: string;
  readonly labels: readonly Label[];
  readonly subjects: readonly string[];
  readonly people: readonly string[];
  readonly salt: string;
  readonly body: string;
  readonly digest: string;
  readonly at: string;
}

const SUBJECT = 'KEY';
const PIECE = 'SEALED';
const INDEX = 'INDEX';
const pkOf = (token: string): string => `VAULT#${token}`;
const pkOfIndex = (index: string): string => `INDEX#${index}`;
const linkOf = (token: string): string => `PIECE#${token}`;
const STAGE = { pk: 'STAGE', sk: 'SECRET' };

const without = <T>({ pk: _pk, sk: _sk, ttl: _ttl, ...rest }: Item): T => rest as T;

/** What restricted data was sealed into: pieces, the keys of those whom they are about, and by what they are found. */
export const vaultStore = (client: DynamoDBDocumentClient, name: string) => {
  const rows = table(client, name);
  /** When a row runs out, as a change of it says so; what is held never does. */
  const term = (now: number, isHeld: boolean) => ({ ttl: isHeld ? undefined : ttl(now + KEEP_MS) });
  const expiry = (now: number, isHeld: boolean): { ttl?: number } => (isHeld ? {} : { ttl: ttl(now + KEEP_MS) });

  const piece = async (token: string): Promise<PieceRow | undefined> => {
    const item = await rows.get(pkOf(token), PIECE);
    return item && without<PieceRow>(item);
  };

  return {
    piece,

    /** Those of the pieces that are there, in their order. */
    pieces: async (tokens: readonly string[]): Promise<PieceRow[]> =>
      (await rows.batchGet(tokens.map((token) => ({ pk: pkOf(token), sk: PIECE })))).map(without<PieceRow>),

    /** Those of the subjects that are known, in their order. */
    subjects: async (tokens: readonly string[]): Promise<SubjectRow[]> =>
      (await rows.batchGet([...new Set(tokens)].map((token) => ({ pk: pkOf(token), sk: SUBJECT })))).map(without<SubjectRow>),

    /** The tokens of people by the indexes of their rows, in their order; undefined for whoever has none. */
    indexed: async (indexes: readonly string[]): Promise<(string | undefined)[]> => {
      const found = await rows.batchGet([...new Set(indexes)].map((index) => ({ pk: pkOfIndex(index), sk: INDEX })));
      const tokens = new Map(found.map(({ pk, token }) => [pk, String(token)]));
      return indexes.map((index) => tokens.get(pkOfIndex(index)));
    },

    /** The pieces that are sealed under a subject. */
    piecesOf: async (token: string): Promise<string[]> =>
      (await rows.under(pkOf(token), 'PIECE#')).map(({ sk }) => String(sk).slice(linkOf('').length)),

    /** The stage's secret, wrapped; made once, whoever needs it first. */
    secret: async (): Promise<string | undefined> => (await rows.get(STAGE.pk, STAGE.sk))?.['wrapped'] as string | undefined,
    keepSecret: (wrapped: string): Write => rows.putNew({ ...STAGE, wrapped }),

    /** A new subject, found from now on where it has an index; fails where somebody was faster. */
    open: (row: SubjectRow, now: number): Write[] => [
      rows.putNew({ pk: pkOf(row.token), sk: SUBJECT, ...row, ...expiry(now, false) }),
      ...(row.index ? [rows.putNew({ pk: pkOfIndex(row.index), sk: INDEX, token: row.token, ...expiry(now, false) })] : []),
    ],

    /**
     * A piece under its subjects, as they were read: fails where it is there already (its first write), or one of them was erased or held
     * meanwhile. Nothing of it runs out while any of them is held.
     */
    seal: (row: PieceRow, under: readonly SubjectRow[], now: number): Write[] => {
      const isHeld = under.some(({ hold }) => hold !== undefined);
      return [
        rows.putNew({ pk: pkOf(row.token), sk: PIECE, ...row, ...expiry(now, isHeld) }),
        ...under.flatMap(({ token, wrapped, index, hold }) => [
          rows.change(pkOf(token), SUBJECT, term(now, isHeld), { wrapped: [wrapped], hold: [hold] }),
          ...(index ? [rows.put({ pk: pkOfIndex(index), sk: INDEX, token, ...expiry(now, isHeld) })] : []),
          rows.put({ pk: pkOf(token), sk: linkOf(row.token), ...expiry(now, isHeld) }),
        ]),
      ];
    },

    /** Sets or ends a hold on a subject that is as it was read. */
    hold: ({ token, wrapped, hold: was }: SubjectRow, hold: SubjectRow['hold'], now: number): Write =>
      rows.change(pkOf(token), SUBJECT, { hold, ...term(now, hold !== undefined) }, { wrapped: [wrapped], hold: [was] }),

    /** What else runs out with these pieces and subjects, kept for good or given its term again: one write a row. */
    terms: (pieces: readonly PieceRow[], subjects: readonly SubjectRow[], now: number, isHeld: boolean): Write[] => {
      const keys: [pk: string, sk: string][] = [
        ...pieces.map(({ token }): [string, string] => [pkOf(token), PIECE]),
        ...pieces.flatMap((one) => one.subjects.map((subject): [string, string] => [pkOf(subject), linkOf(one.token)])),
        ...subjects.map(({ token }): [string, string] => [pkOf(token), SUBJECT]),
        ...subjects.flatMap(({ index }): [string, string][] => (index ? [[pkOfIndex(index), INDEX]] : [])),
      ];
      return keys.map(([pk, sk]) => rows.change(pk, sk, term(now, isHeld), {}));
    },

    /** Destroys a subject's key, and by what it was found, where it is as it was read and nothing holds it. */
    erase: ({ token, wrapped, index }: SubjectRow, { legalBasis, at }: { legalBasis: string; at: string }): Write[] => [
      rows.change(
        pkOf(token),
        SUBJECT,
        { wrapped: undefined, named: undefined, index: undefined, erasedAt: at, legalBasis },
        { wrapped: [wrapped], hold: [undefined] },
      ),
      ...(index ? [rows.remove(pkOfIndex(index), INDEX)] : []),
    ],
  };
};

export type VaultStore = ReturnType<typeof vaultStore>;
