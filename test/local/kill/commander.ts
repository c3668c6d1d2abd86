import { setTimeout as pause } from 'node:timers/promises';
import { openRest } from '../../../client/http.ts';
import { createIdentity, keyOf } from '../../../local/engines/identity/index.ts';
import { createRealScheduler } from '../../../local/kernel/real-scheduler.ts';
import type { Ledger } from '../../../shared/contracts/ledger.ts';
import type { Role } from '../../../shared/contracts/vocabulary.ts';
import type { Dice } from '../../simulation/scenario.ts';

export interface Commander {
  /** The ledger, when the machine is there to tell it. */
  ledger(): Promise<Ledger | undefined>;
  stop(): void;
}

/** A watch commander who looks every second and mostly approves. */
export const openCommander = (gateway: string, data: string, dice: Dice, now: () => number): Commander => {
  const scheduler = { ...createRealScheduler(), now };
  const restAs = (role: Role) =>
    openRest(gateway, async () => createIdentity(await keyOf(data), scheduler).token(role, { ttl: 30 * 86_400 }));
  const [commander, viewer] = [restAs('watch_commander'), restAs('viewer')];
  let here = true;
  const look = async (): Promise<void> => {
    const { items } = await viewer.ask('listApprovals');
    for (const { id, factsHash } of items) {
      const answer = dice.chance(0.85) ? 'approve' : 'refuse';
      await commander.ask('answerApproval', { params: { id }, body: { answer, reason: 'as it looks from here', factsHash } });
    }
  };
  const run = async (): Promise<void> => {
    while (here) {
      await look().catch(() => {}); // the machine is away, or somebody was faster
      await pause(1000);
    }
  };
  void run();
  return {
    ledger: () =>
      viewer.ask('getStatus').then(
        ({ ledger }) => ledger,
        () => undefined,
      ),
    stop: () => {
      here = false;
    },
  };
};
