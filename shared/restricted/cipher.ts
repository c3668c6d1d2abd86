import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const SALT_BYTES = 32;

/** A text that only its keys open: nonce, tag and ciphertext, in base64. */
export type Ciphertext = string;

/** Encrypts under one key. `bound` is authenticated with it: a ciphertext that is put anywhere else does not open. */
export const encrypt = (key: Uint8Array, bound: string, text: string): Ciphertext => {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, key, iv).setAAD(Buffer.from(bound));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64');
};

/** Throws where the key, what it is bound to or a single bit is another. */
export const decrypt = (key: Uint8Array, bound: string, sealed: Ciphertext): string => {
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(bound))
    .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
};

/**
 * The key of a piece that belongs to several: HKDF (SHA-256, RFC 5869) over all their keys, in the order of their tokens, so that without any one
 * of them there is no key. `salt` is the piece's own.
 */
export const contentKey = (keys: readonly Uint8Array[], salt: Uint8Array, token: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', Buffer.concat(keys), salt, `swoe sealed ${token}`, KEY_BYTES));

export const newSalt = (): Buffer => randomBytes(SALT_BYTES);

/** What stands in the journal for a text: SHA-256 over a salt, which is sealed with it, and the text. Without the salt it says nothing. */
export const digestOf = (salt: string, text: string): string => createHash('sha256').update(`${salt}\n${text}`).digest('hex');

/** Under which name a person's row is kept: HMAC (SHA-256) under the stage's secret, so that the table says of nobody that they are in it. */
export const indexOf = (secret: Uint8Array, kind: string, identity: string): string =>
  createHmac('sha256', secret).update(`${kind}#${identity}`).digest('hex');
