import { createPublicKey, verify } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createKeys, knownSigningKey, newSigningKey, signingKeyOf } from '../../../../local/engines/keys/keys.ts';
import { createGround } from '../queues/ground.ts';

const ARN = 'arn:aws:kms:us-east-1:000000000000:key/signer';
const OTHER = 'arn:aws:kms:us-east-1:000000000000:key/master';
const SIGNER = { Arn: ARN, KeySpec: 'ECC_NIST_EDWARDS25519', KeyUsage: 'SIGN_VERIFY' };
const asked = (more: object = {}) => ({ KeyId: ARN, Message: Buffer.from('heads'), SigningAlgorithm: 'ED25519_SHA_512', ...more });

const made = () => {
  const ground = createGround();
  const keys = createKeys(ground, newSigningKey());
  keys.define(SIGNER);
  keys.define({ Arn: OTHER });
  keys.defineAlias('alias/checkpoint-key', ARN);
  return { keys, ground };
};

describe('the local KMS', () => {
  it('signs bytes so that its public key proves them, by ARN, id or alias, and counts it', async () => {
    const { keys, ground } = made();
    const { PublicKey } = await keys.serve('GetPublicKey', { KeyId: 'signer' });
    const key = createPublicKey({ key: PublicKey as Buffer, format: 'der', type: 'spki' });
    for (const KeyId of [ARN, 'signer', 'alias/checkpoint-key']) {
      const { Signature, KeyId: by } = await keys.serve('Sign', asked({ KeyId }));
      expect(by).toBe(ARN);
      expect(verify(null, Buffer.from('heads'), key, Signature as Buffer)).toBe(true);
      expect(verify(null, Buffer.from('Heads'), key, Signature as Buffer)).toBe(false);
    }
    expect(ground.metered.get('kms signatures')).toBe(3);
  });

  it.each([
    ['a key that nobody made', { KeyId: 'gone' }, 'NotFoundException'],
    ['a key that encrypts', { KeyId: OTHER }, 'InvalidKeyUsageException'],
    ['another algorithm', { SigningAlgorithm: 'ECDSA_SHA_256' }, 'InvalidKeyUsageException'],
    ['a digest', { MessageType: 'DIGEST' }, 'ValidationException'],
    ['more than KMS signs as it is', { Message: Buffer.alloc(4097) }, 'ValidationException'],
    ['nothing', { Message: undefined }, 'ValidationException'],
  ])('refuses %s', async (_, more, name) => {
    await expect(made().keys.serve('Sign', asked(more))).rejects.toMatchObject({ name });
  });

  it('says which of its operations it does not serve', async () => {
    await expect(made().keys.serve('Encrypt', {})).rejects.toThrow('The local KMS does not serve Encrypt.');
  });

  it('takes no second key that signs, and none of another kind', () => {
    expect(() => made().keys.define({ ...SIGNER, Arn: OTHER })).toThrow('keeps one key that signs');
    expect(() => createKeys(createGround(), newSigningKey()).define({ ...SIGNER, KeySpec: 'RSA_2048' })).toThrow(
      'not SIGN_VERIFY with RSA_2048',
    );
  });
});

describe('the key in the data directory', () => {
  const dir = mkdtempSync(join(tmpdir(), 'swoe-keys-'));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it('is made once, whoever asks first, and not by who only looks', async () => {
    expect(knownSigningKey(dir)).toBeUndefined();
    const [one, two] = await Promise.all([signingKeyOf(dir), signingKeyOf(dir)]);
    expect(one.equals(two)).toBe(true);
    expect(knownSigningKey(dir)?.equals(one)).toBe(true);
  });

  it('is not made anew where it was damaged', async () => {
    writeFileSync(join(dir, 'checkpoint-key.json'), '{"kty":"OKP"}');
    await expect(signingKeyOf(dir)).rejects.toThrow('put it back from a copy');
  });
});
