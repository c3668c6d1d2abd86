import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import { Refusal } from '../../kernel/refusal.ts';
import { writeOnce } from '../../kernel/write-once.ts';

/** An RSA private key as JWK, `kid` being its thumbprint. */
export type Key = JWK & { kid: string };

export const newKey = async (): Promise<Key> => {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = await exportJWK(privateKey);
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'RS256', use: 'sig' };
};

const read = (path: string): Key | undefined => {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const key = JSON.parse(text) as Key;
    if (key.kty === 'RSA' && key.d && key.kid) return key;
  } catch {
    // told below
  }
  throw new Refusal(
    `${path} does not hold the issuer's key any more: remove it, and a new one is made (tokens given out before will be refused).`,
  );
};

/** The issuer's key of a data directory, made on first need. Two processes that need it at once get the same one. */
export const keyOf = async (dataDir: string): Promise<Key> => {
  mkdirSync(dataDir, { recursive: true });
  const path = join(dataDir, 'issuer-key.json');
  const known = read(path);
  if (known) return known;
  try {
    writeOnce(path, `${JSON.stringify(await newKey())}\n`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const made = read(path);
  if (!made) throw new Refusal(`${path} disappeared while it was made: start again.`);
  return made;
};
