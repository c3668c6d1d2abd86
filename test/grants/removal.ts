import type { MachineOptions } from '../../local/machine.ts';
import type { Denial, Grant } from '../../local/port/index.ts';
import { wildcard } from '../../local/port/wildcard.ts';
import type { System } from '../support/system.ts';
import { exercise } from './exercise.ts';

type Line = Partial<Denial> & { readonly from?: string };

/** Whether a denied call is the one that a grant would have let through. */
const misses =
  (grant: Grant) =>
  ({ from, principal, action = '', resource = '' }: Line): boolean =>
    from === 'machine' &&
    principal === grant.principal &&
    wildcard(grant.action, { ignoreCase: true })(action) &&
    (resource === '*' || wildcard(grant.resource)(resource));

/** What the local run says when it is started without a grant: the refusal to start, or the first denied call. Undefined where nothing missed it. */
export const missed = async (assembly: MachineOptions['assembly'], grant: Grant): Promise<string | undefined> => {
  const { principal, action, resource } = grant;
  const found = (running: System): Line | undefined => (running.lines as Line[]).find(misses(grant));
  try {
    const { running } = await exercise(assembly, { without: { principal, action, resource } }, (now) => found(now) !== undefined);
    const line = found(running);
    await running.machine.stop();
    return line && `${line.role} was denied ${line.action} on ${line.resource}`;
  } catch (error) {
    const { message } = error as Error;
    return message.includes(action) && message.includes(principal) ? message : undefined;
  }
};

export const nameOf = ({ role, sid, action, resource }: Grant): string => `${role} (${sid ?? 'no sid'}) ${action} on ${resource}`;
