import type { Entity } from '../contracts/event.ts';
import { isPersonal, isSubject } from './personal.ts';
import type { Vault } from './vault.ts';

/**
 * Entities as whoever must act on them is told: people by who they are, in the place of their tokens; one that was erased is left out. Costs
 * nothing where nobody stands among them.
 */
export const disclosed =
  (vault: Pick<Vault, 'whoAre'>) =>
  async (entities: readonly Entity[]): Promise<Entity[]> => {
    const isHidden = ({ kind, id }: Entity): boolean => isPersonal(kind) && isSubject(id);
    const hidden = entities.filter(isHidden);
    if (hidden.length === 0) return [...entities];
    return [...entities.filter((entity) => !isHidden(entity)), ...(await vault.whoAre(hidden))];
  };
