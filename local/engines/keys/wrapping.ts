import { createCipheriv, createDecipheriv, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import { AwsError } from '../../kernel/aws-error.ts';

const CIPHER = 'aes-256-gcm';
const BYTES = 32;
const IV = 12;
const TAG = 16;

type Context = Readonly<Record<string, unknown>>;

/** The part of KMS that makes data keys and opens them again. */
export interface Wrapping {
  fresh(arn: string, context: Context): { readonly Plaintext: Uint8Array; readonly CiphertextBlob: Uint8Array };
  open(arn: string, context: Context, blob: Uint8Array): Uint8Array;
}

const boundTo = (arn: string, context: Context): Buffer => Buffer.from(JSON.stringify([arn, Object.entries(context).sort()]));

/** What KMS says of a blob that is not its own, was changed, or belongs to another encryption context: nothing more. */
const unreadable = (): AwsError =>
  new AwsError('InvalidCiphertextException', 'The ciphertext is not this key’s under this encryption context.');

/** Each symmetric key of the template is drawn from the secret of the data directory and its ARN, so there is one file to keep. */
export const createWrapping = (secret: KeyObject): Wrapping => {
  const keyOf = (arn: string): Buffer =>
    Buffer.from(hkdfSync('sha256', secret.export({ type: 'pkcs8', format: 'der' }), arn, 'the local KMS', BYTES));
  return {
    fresh: (arn, context) => {
      const Plaintext = new Uint8Array(randomBytes(BYTES));
      const iv = randomBytes(IV);
      const cipher = createCipheriv(CIPHER, keyOf(arn), iv).setAAD(boundTo(arn, context));
      const body = Buffer.concat([cipher.update(Plaintext), cipher.final()]);
      return { Plaintext, CiphertextBlob: new Uint8Array(Buffer.concat([iv, cipher.getAuthTag(), body])) };
    },
    open: (arn, context, blob) => {
      if (blob.length !== IV + TAG + BYTES) throw unreadable();
      const decipher = createDecipheriv(CIPHER, keyOf(arn), blob.subarray(0, IV), { authTagLength: TAG })
        .setAAD(boundTo(arn, context))
        .setAuthTag(blob.subarray(IV, IV + TAG));
      try {
        return new Uint8Array(Buffer.concat([decipher.update(blob.subarray(IV + TAG)), decipher.final()]));
      } catch {
        throw unreadable();
      }
    },
  };
};
