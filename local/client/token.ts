import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Role } from '../../shared/contracts/vocabulary.ts';
import type { Token } from './rest.ts';

const ISSUER = fileURLToPath(new URL('../engines/identity/cli.ts', import.meta.url));

/** A token of the local issuer for a role, made as `npm run token` makes it. SWOE_TOKEN takes its place. */
export const localToken =
  (role: Role, env: NodeJS.ProcessEnv = process.env): Token =>
  () => {
    const given = env['SWOE_TOKEN'];
    if (given) return Promise.resolve(given);
    return new Promise((resolve, reject) => {
      execFile(process.execPath, ['--import', 'tsx', ISSUER, role], { env }, (error, stdout, stderr) => {
        const said = (stderr || error?.message || '').trim();
        if (error) reject(new Error(`No token could be made for ${role}: ${said}`));
        else resolve(stdout.trim());
      });
    });
  };
