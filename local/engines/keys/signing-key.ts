import { createPrivateKey, generateKeyPairSync, type JsonWebKey, type KeyObject } from 'node:crypto';
import { type KeyFile, keyIn, readKey } from '../../kernel/key-file.ts';

export const newSigningKey = (): KeyObject => generateKeyPairSync('ed25519').privateKey;

const FILE: KeyFile<JsonWebKey> = {
  name: 'checkpoint-key.json',
  make: async () => newSigningKey().export({ format: 'jwk' }),
  isKey: ({ kty, crv, d }) => kty === 'OKP' && crv === 'Ed25519' && d !== undefined,
  lost: (path) =>
    `${path} does not hold the key that signs checkpoints any more: put it back from a copy; a new one would make every checkpoint before look forged.`,
};

const asKey = (key: JsonWebKey): KeyObject => createPrivateKey({ key, format: 'jwk' });

/** The key of a data directory that signs checkpoints, made on first need. */
export const signingKeyOf = async (dataDir: string): Promise<KeyObject> => asKey(await keyIn(dataDir, FILE));

/** The same for somebody who only looks; undefined where there is none. */
export const knownSigningKey = (dataDir: string): KeyObject | undefined => {
  const key = readKey(dataDir, FILE);
  return key && asKey(key);
};
