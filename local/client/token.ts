import type { Role } from '../../shared/contracts/vocabulary.ts';
import { createIdentity, keyOf } from '../engines/identity/index.ts';
import { createRealScheduler } from '../kernel/real-scheduler.ts';
import type { Token } from './rest.ts';

/** A token of the local issuer for a role, as `npm run token` makes it. SWOE_TOKEN takes its place. */
export const localToken =
  (role: Role, env: NodeJS.ProcessEnv = process.env): Token =>
  async () =>
    env['SWOE_TOKEN'] ?? createIdentity(await keyOf(env['SWOE_DATA_DIR'] ?? '.swoe'), createRealScheduler()).token(role);
