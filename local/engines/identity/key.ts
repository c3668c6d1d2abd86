import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import { type KeyFile, keyIn } from '../../kernel/key-file.ts';

/** An RSA private key as JWK, `kid` being its thumbprint. */
export type Key = JWK & { kid: string };

export const newKey = async (): Promise<Key> => {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = await exportJWK(privateKey);
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'RS256', use: 'sig' };
};

const FILE: KeyFile<Key> = {
  name: 'issuer-key.json',
  make: newKey,
  isKey: ({ kty, d, kid }) => kty === 'RSA' && d !== undefined && kid !== undefined,
  lost: (path) =>
    `${path} does not hold the issuer's key any more: remove it, and a new one is made (tokens given out before will be refused).`,
};

/** The issuer's key of a data directory, made on first need. Two processes that need it at once get the same one. */
export const keyOf = (dataDir: string): Promise<Key> => keyIn(dataDir, FILE);
