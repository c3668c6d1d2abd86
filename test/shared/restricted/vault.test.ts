import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contentKey, decrypt, digestOf, encrypt } from '../../../shared/restricted/cipher.ts';
import { vaultFor } from '../../../shared/restricted/index.ts';
import { pieceToken } from '../../../shared/restricted/tokens.ts';
import { rooms } from '../../support/rooms.ts';

const person = (id: string, kind = 'person-name') => ({ kind, id });

const sealedFor = async (ground: ReturnType<typeof rooms>, of: string, people: { kind: string; id: string }[], note = `said of ${of}`) => {
  const { vault } = ground.stores;
  const tokens = (await vault.tokensOf(people)).map((token) => token ?? '');
  const piece = await vault.seal({ token: pieceToken(of), labels: ['HEALTH'], people: tokens, content: { note } });
  return { piece, tokens };
};

const erase = async ({ stores, runtime }: ReturnType<typeof rooms>, token: string): Promise<boolean> => {
  const { vault, journal } = stores;
  const [row] = await vault.store.subjects([token]);
  if (!row) throw new Error(`${token} is not known`);
  const writes = vault.store.erase(row, { legalBasis: 'an order', at: new Date(runtime.clock.now()).toISOString() });
  return (await journal.commit(token, [], writes)).ok;
};

describe('the vault', () => {
  test('gives back what was sealed, whoever of its subjects is erased takes it along, and nobody else’s', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.uniqueArray(fc.constantFrom('Ann', 'Bob', 'Cy'), { maxLength: 3 }), { minLength: 1, maxLength: 5 }),
        fc.constantFrom('Ann', 'Bob', 'Cy'),
        async (events, gone) => {
          const ground = rooms();
          const { vault } = ground.stores;
          for (const [at, names] of events.entries())
            await sealedFor(
              ground,
              `event ${at}`,
              names.map((name) => person(name)),
            );
          for (const at of events.keys())
            expect(await vault.open(pieceToken(`event ${at}`))).toMatchObject({ state: 'open', content: { note: `said of event ${at}` } });
          const token = await vault.find(person(gone));
          if (token) expect(await erase(ground, token)).toBe(true);
          for (const [at, names] of events.entries()) {
            const { state } = (await vault.open(pieceToken(`event ${at}`))) ?? {};
            expect(state).toBe(names.includes(gone) ? 'erased' : 'open');
          }
          expect(await vault.find(person(gone))).toBeUndefined();
        },
      ),
      { numRuns: 25 },
    ));

  test('one person has one token, however the name is written and whoever asks at once; what identifies nobody has none', async () => {
    const { stores } = rooms();
    const names = [person('López, María'), person('Maria Lopez'), person('UNKNOWN'), person('555-0134 x', 'phone'), person('Bob')];
    const [one, same, nobody, short, other] = await stores.vault.tokensOf(names);
    expect(one).toBe(same);
    expect(other).not.toBe(one);
    expect(nobody).toBeUndefined();
    expect(short).toMatch(/^subject-/);
    expect((await stores.vault.tokensOf(names))[0]).toBe(one);
  });

  test('two instances that meet a person at once give the person one token', async () => {
    const ground = rooms({ shuffle: true, seed: 3 });
    const vaults = [1, 2, 3].map(() => vaultFor(ground.runtime, ground.stores.journal));
    const tokens = await ground.settle(Promise.all(vaults.map((vault) => vault.tokensOf([person('Ann')]))));
    expect(new Set(tokens.flat()).size).toBe(1);
  });

  test('what was sealed first under a token stays, and a person who comes back after an erasure is somebody else', async () => {
    const ground = rooms();
    const { tokens } = await sealedFor(ground, 'e', [person('Ann')]);
    await sealedFor(ground, 'e', [person('Ann')], 'something else');
    expect(await ground.stores.vault.open(pieceToken('e'))).toMatchObject({ content: { note: 'said of e' } });
    await erase(ground, String(tokens[0]));
    const [again] = await ground.stores.vault.tokensOf([person('Ann')]);
    expect(again).not.toBe(tokens[0]);
    expect(await ground.stores.vault.open(pieceToken('e'))).toMatchObject({ state: 'erased' });
  });

  test('a piece that names nobody is its own subject', async () => {
    const ground = rooms();
    const { piece } = await sealedFor(ground, 'alone', []);
    expect(piece.subjects).toEqual([piece.token]);
    await erase(ground, piece.token);
    expect(await ground.stores.vault.open(piece.token)).toMatchObject({ state: 'erased' });
  });

  test('a piece whose labels, subjects or text were changed in the table does not open', async () => {
    const ground = rooms();
    const { vault, journal } = ground.stores;
    const { piece } = await sealedFor(ground, 'e', [person('Ann')]);
    const flipped = Buffer.from(piece.body, 'base64');
    flipped[flipped.length - 1] = (flipped.at(-1) ?? 0) ^ 1;
    for (const forged of [{ labels: [] }, { at: '2020-01-01T00:00:00.000Z' }, { body: flipped.toString('base64') }]) {
      const [put] = vault.store.seal({ ...piece, ...forged, token: piece.token }, [], 0);
      const { Item, TableName } = put?.Put ?? {};
      await journal.commit('e', [], [{ Put: { Item, TableName } }]);
      await expect(vault.open(piece.token)).rejects.toThrow();
    }
  });

  test('a subject that is held cannot be erased, and nothing of it runs out until the hold ends', async () => {
    const ground = rooms();
    const { vault, journal } = ground.stores;
    const { tokens } = await sealedFor(ground, 'e', [person('Ann')]);
    const token = String(tokens[0]);
    const [row] = await vault.store.subjects([token]);
    if (!row) throw new Error('no row');
    const hold = { legalBasis: 'case 1', reason: 'open', at: '2026-11-22T17:00:00.000Z' };
    await journal.commit(token, [], [vault.store.hold(row, hold, 0)]);
    expect(await erase(ground, token)).toBe(false);
    expect(await vault.open(pieceToken('e'))).toMatchObject({ state: 'open' });
  });

  test('the table holds neither names nor what was said of them', async () => {
    const ground = rooms();
    await sealedFor(ground, 'e', [person('Canary Person')], 'canary words');
    const kept = JSON.stringify(await ground.runtime.aws?.('dynamodb', 'Scan', { TableName: 'vault' }));
    expect(kept).toContain('subject-');
    expect(kept).not.toMatch(/canary/i);
  });
});

const key = fc.uint8Array({ minLength: 32, maxLength: 32 });

describe('the cipher', () => {
  test('opens with its own key and binding alone', () =>
    fc.assert(
      fc.property(key, key, fc.string(), fc.string(), fc.string(), (mine, other, bound, elsewhere, text) => {
        const sealed = encrypt(mine, bound, text);
        expect(decrypt(mine, bound, sealed)).toBe(text);
        if (Buffer.compare(mine, other) !== 0) expect(() => decrypt(other, bound, sealed)).toThrow();
        if (bound !== elsewhere) expect(() => decrypt(mine, elsewhere, sealed)).toThrow();
      }),
    ));

  test('the key of a piece needs every subject’s key, and is another for another piece', () =>
    fc.assert(
      fc.property(fc.array(key, { minLength: 1, maxLength: 4 }), key, (keys, salt) => {
        const whole = Buffer.from(contentKey(keys, salt, 'sealed-A'));
        expect(whole.equals(Buffer.from(contentKey(keys.slice(1), salt, 'sealed-A')))).toBe(false);
        expect(whole.equals(Buffer.from(contentKey(keys, salt, 'sealed-B')))).toBe(false);
      }),
    ));

  test('the digest of a short text says nothing without its salt', () => {
    expect(digestOf('a', 'yes')).not.toBe(digestOf('b', 'yes'));
  });
});
