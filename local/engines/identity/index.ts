export { createIdentity, type Identity, ISSUER, type TokenOptions } from './identity.ts';
export { type Key, keyOf, newKey } from './key.ts';
