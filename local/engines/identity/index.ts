export { createIdentity, type Identity, ISSUER } from './identity.ts';
export { type Key, keyOf, newKey } from './key.ts';
