import { DecryptCommand, GenerateDataKeyCommand, type KMSClient } from '@aws-sdk/client-kms';

/** Keys that nobody holds but for the moment of their use: KMS makes and wraps them, each for one subject alone. */
export interface Keyring {
  /** A new key for `subject`, and the same wrapped, in base64. */
  fresh(subject: string): Promise<{ readonly key: Uint8Array; readonly wrapped: string }>;
  /** Throws where it was wrapped for another subject. */
  unwrap(subject: string, wrapped: string): Promise<Uint8Array>;
}

const contextOf = (subject: string) => ({ 'swoe:subject': subject });

/** `KeyId` is the ARN of the vault's key. The subject is KMS's encryption context, so each use stands in CloudTrail with it. */
export const kmsKeyring = (client: KMSClient, KeyId: string): Keyring => ({
  fresh: async (subject) => {
    const asked = new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256', EncryptionContext: contextOf(subject) });
    const { Plaintext, CiphertextBlob } = await client.send(asked);
    if (!Plaintext || !CiphertextBlob) throw new Error('KMS gave no data key');
    return { key: Plaintext, wrapped: Buffer.from(CiphertextBlob).toString('base64') };
  },
  unwrap: async (subject, wrapped) => {
    const CiphertextBlob = Buffer.from(wrapped, 'base64');
    const { Plaintext } = await client.send(new DecryptCommand({ KeyId, CiphertextBlob, EncryptionContext: contextOf(subject) }));
    if (!Plaintext) throw new Error('KMS gave no key');
    return Plaintext;
  },
});
