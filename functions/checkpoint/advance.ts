import { beginning, follow, stands } from '../../shared/audit/chain.ts';
import type { Breach, Checkpoint, Head } from '../../shared/contracts/checkpoint.ts';
import type { Clock } from '../../shared/lambda/runtime.ts';
import { type JournalStore, type Kept, streams } from '../../shared/stores/journal.ts';

export interface AdvanceDeps {
  journal: Pick<JournalStore, 'kept'>;
  clock: Clock;
}

/** Entries read of one chain at once. */
const PAGE = 500;
/** After so many ms no further page is begun: a journal that was never signed catches up over some minutes. */
const BUDGET_MS = 30_000;

export type Advanced = { head: Head; breach?: Breach };

/** Follows one chain from the head that was signed to its end, or as far as there is time. Where it does not follow, its head stays where it was. */
const advanceOne = async ({ journal, clock }: AdvanceDeps, signed: Head, until: number): Promise<Advanced> => {
  let head = signed;
  for (;;) {
    const page: Kept[] = await journal.kept(head.stream, head.seq, PAGE);
    const breach = head === signed ? stands(head, page[0]) : undefined;
    const next = breach ? { head, breach } : follow(head, head.seq === 0 ? page : page.slice(1));
    if (next.breach) return { head: signed, breach: next.breach };
    head = next.head;
    if (page.length < PAGE || clock.now() >= until) return { head };
  }
};

/** Every chain as it stands now, each checked from the last signed head on. A chain that was found broken is not followed any more. */
export const advance = async (deps: AdvanceDeps, last: Checkpoint | undefined): Promise<Advanced[]> => {
  const until = deps.clock.now() + BUDGET_MS;
  const signed = new Map(last?.heads.map((head) => [head.stream, head]));
  const broken = new Map(last?.statement.breaches.map((breach) => [breach.stream, breach]));
  return Promise.all(
    streams.map(async (stream) => {
      const head = signed.get(stream) ?? beginning(stream);
      const breach = broken.get(stream);
      return breach ? { head, breach } : advanceOne(deps, head, until);
    }),
  );
};
