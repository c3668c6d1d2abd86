import type { Token } from '../../client/http.ts';
import type { Role } from '../../shared/contracts/vocabulary.ts';
import { createIdentity, keyOf } from '../engines/identity/index.ts';
import { createRealScheduler } from '../kernel/real-scheduler.ts';

/** A token of the local issuer for a role, as `npm run token` makes it; `sub` makes it another person. SWOE_TOKEN takes its place. */
export const localToken =
  (role: Role, { env = process.env, sub }: { env?: NodeJS.ProcessEnv; sub?: string } = {}): Token =>
  async () =>
    env['SWOE_TOKEN'] ??
    createIdentity(await keyOf(env['SWOE_DATA_DIR'] ?? '.swoe'), createRealScheduler()).token(role, sub ? { sub } : {});
