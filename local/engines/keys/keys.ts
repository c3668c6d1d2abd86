import { createPublicKey, type KeyObject, sign } from 'node:crypto';
import { AwsError } from '../../kernel/aws-error.ts';
import type { Ground, Serve } from '../../kernel/engine.ts';
import { createWrapping } from './wrapping.ts';

export { knownSigningKey, newSigningKey, signingKeyOf } from './signing-key.ts';

/** `AWS::KMS::Key`, as far as it is heeded here. */
export interface KeyProperties {
  readonly Arn: string;
  readonly KeySpec?: string;
  readonly KeyUsage?: string;
}

export interface Keys {
  define(properties: KeyProperties): void;
  /** Another name of a key, `alias/…`. */
  defineAlias(name: string, key: string): void;
  serve: Serve;
}

type Input = Readonly<Record<string, unknown>>;

const SPEC = 'ECC_NIST_EDWARDS25519';
const ALGORITHM = 'ED25519_SHA_512';
/** What KMS signs as it is. */
const MOST_BYTES = 4096;

const invalid = (message: string): AwsError => new AwsError('ValidationException', message);

/** Bytes as the SDK hands them in, or in base64 as the wire has them. */
const bytesOf = (value: unknown): Buffer => {
  if (value instanceof Uint8Array) return Buffer.from(value);
  if (typeof value === 'string') return Buffer.from(value, 'base64');
  throw invalid("1 validation error detected: Value at 'message' failed to satisfy constraint: Member must not be null");
};

const checkAsked = ({ SigningAlgorithm, MessageType = 'RAW' }: Input): void => {
  if (SigningAlgorithm !== ALGORITHM)
    throw new AwsError('InvalidKeyUsageException', `Algorithm ${String(SigningAlgorithm)} is incompatible with key spec ${SPEC}.`);
  if (MessageType !== 'RAW') throw invalid(`${ALGORITHM} requires MessageType RAW.`);
};

const contextIn = ({ EncryptionContext = {} }: Input): Input => EncryptionContext as Input;

/**
 * The parts of KMS that sign, and that make and open data keys. What AWS's own services encrypt with a key is asked for by the port and never
 * done: tables and queues of this machine are in the clear.
 */
export const createKeys = ({ meter }: Pick<Ground, 'meter'>, signing: KeyObject): Keys => {
  const wrapping = createWrapping(signing);
  const arns = new Set<string>();
  const signers = new Set<string>();
  const aliases = new Map<string, string>();

  const arnOf = (key: string): string | undefined => [...arns].find((known) => known === key || known.endsWith(`:key/${key}`));
  const keyIn = ({ KeyId }: Input): string => {
    const key = String(KeyId);
    const arn = arnOf(aliases.get(key) ?? key);
    if (!arn) throw new AwsError('NotFoundException', `Key '${key}' does not exist`);
    return arn;
  };
  const arnIn = (input: Input): string => {
    const arn = keyIn(input);
    if (!signers.has(arn))
      throw new AwsError('InvalidKeyUsageException', `${arn} key usage is ENCRYPT_DECRYPT which is not valid for Sign.`);
    return arn;
  };
  const cipherIn = (input: Input, operation: string): string => {
    const arn = keyIn(input);
    if (signers.has(arn))
      throw new AwsError('InvalidKeyUsageException', `${arn} key usage is SIGN_VERIFY which is not valid for ${operation}.`);
    meter('kms', 'data keys', 1);
    return arn;
  };

  const operations: Readonly<Record<string, (input: Input) => Record<string, unknown>>> = {
    Sign: (input) => {
      const KeyId = arnIn(input);
      checkAsked(input);
      const message = bytesOf(input['Message']);
      if (message.length === 0 || message.length > MOST_BYTES) throw invalid(`A message has 1 to ${MOST_BYTES} bytes.`);
      meter('kms', 'signatures', 1);
      return { KeyId, Signature: sign(null, message, signing), SigningAlgorithm: ALGORITHM };
    },
    GenerateDataKey: (input) => {
      if (input['KeySpec'] !== 'AES_256') throw invalid('Data keys are AES_256 here.');
      const KeyId = cipherIn(input, 'GenerateDataKey');
      return { KeyId, ...wrapping.fresh(KeyId, contextIn(input)) };
    },
    Decrypt: (input) => {
      const KeyId = cipherIn(input, 'Decrypt');
      return {
        KeyId,
        Plaintext: wrapping.open(KeyId, contextIn(input), bytesOf(input['CiphertextBlob'])),
        EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      };
    },
    GetPublicKey: (input) => ({
      KeyId: arnIn(input),
      PublicKey: createPublicKey(signing).export({ type: 'spki', format: 'der' }),
      KeySpec: SPEC,
      KeyUsage: 'SIGN_VERIFY',
      SigningAlgorithms: [ALGORITHM],
    }),
  };

  return {
    define: ({ Arn, KeySpec = 'SYMMETRIC_DEFAULT', KeyUsage = 'ENCRYPT_DECRYPT' }) => {
      arns.add(Arn);
      if (KeyUsage === 'ENCRYPT_DECRYPT') return;
      if (KeyUsage !== 'SIGN_VERIFY' || KeySpec !== SPEC)
        throw new Error(`keys sign here with ${SPEC} alone, not ${KeyUsage} with ${KeySpec}`);
      if (signers.size > 0) throw new Error('the data directory keeps one key that signs, and the template has another');
      signers.add(Arn);
    },
    defineAlias: (name, key) => void aliases.set(name, key),
    serve: async (operation, input) => {
      const run = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
      if (!run) throw new AwsError('UnknownOperationException', `The local KMS does not serve ${operation}.`);
      return run(input);
    },
  };
};
