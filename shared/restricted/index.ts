import { dynamoDb, kms } from '../lambda/clients.ts';
import { setting } from '../lambda/doors.ts';
import type { Runtime } from '../lambda/runtime.ts';
import type { JournalStore } from '../stores/journal.ts';
import { vaultStore } from '../stores/vault.ts';
import { kmsKeyring } from './keyring.ts';
import { type Vault, vault } from './vault.ts';

export type { Vault } from './vault.ts';

/** A room's vault: the table and the key that its configuration names. */
export const vaultFor = (runtime: Runtime, journal: Pick<JournalStore, 'commit'>): Vault =>
  vault({
    store: vaultStore(dynamoDb(runtime), setting(runtime, 'VAULT_TABLE')),
    keyring: kmsKeyring(kms(runtime), setting(runtime, 'VAULT_KEY_ARN')),
    journal,
    clock: runtime.clock,
    random: runtime.random,
  });
