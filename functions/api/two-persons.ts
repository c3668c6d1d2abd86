import { ulid } from 'ulid';
import { ASK_MS, type Asked, type Ask as Shown } from '../../shared/contracts/ask.ts';
import type { Operation } from '../../shared/contracts/endpoints.ts';
import { canonical, iso } from '../../shared/lambda/ids.ts';
import type { Runtime } from '../../shared/lambda/runtime.ts';
import type { AsksStore, KeptAsk } from '../../shared/stores/asks.ts';
import type { JournalStore } from '../../shared/stores/journal.ts';
import type { Caller } from './caller.ts';
import type { Ask } from './operation.ts';
import { accepted, type Refusal, type Reply } from './reply.ts';

/** What can be refused before a second person is troubled; undefined where nothing stands against it. */
export type Ahead = { readonly [O in Operation]?: (ask: Ask<O>) => Promise<Refusal | undefined> };

/** Whether somebody who may confirm such things may confirm this one; undefined where nothing stands against it. */
export type Confirm = { readonly [O in Operation]?: (ask: Ask<O>, second: Pick<Caller, 'sub' | 'roles'>) => Promise<Refusal | undefined> };

export interface SecondDeps {
  readonly asks: AsksStore;
  readonly journal: JournalStore;
  readonly runtime: Pick<Runtime, 'clock' | 'random'>;
  readonly ahead: Ahead;
}

/** An ask as people see it. */
export const shownAsk = ({ roles: _, agency: _agency, inHandUntil: _until, ...ask }: KeptAsk): Shown => ask;

export const isOver = ({ state, expiresAt }: KeptAsk, now: number): boolean => state !== 'open' || Date.parse(expiresAt) <= now;

const fresh = (operation: Operation, { caller, role, params, raw }: Ask<Operation>, { clock, random }: SecondDeps['runtime']): KeptAsk => {
  const now = clock.now();
  return {
    id: ulid(now, random),
    operation,
    params,
    body: raw ?? null,
    by: caller.sub,
    role,
    at: iso(now),
    expiresAt: iso(now + ASK_MS),
    state: 'open',
    roles: caller.roles,
    agency: caller.agency,
  };
};

const sameness = ({ operation, params, body, by }: KeptAsk): string => canonical({ operation, params, body, by });

/** Writes down that a person asked for what takes two, and answers 202. The same asked again while it waits is the same ask. */
export const openAsk =
  (deps: SecondDeps) =>
  async (operation: Operation, ask: Ask<Operation>): Promise<Reply<Asked, 202>> => {
    const refused = await (deps.ahead[operation] as ((ask: Ask<Operation>) => Promise<Refusal | undefined>) | undefined)?.(ask);
    if (refused) return refused;
    const asked = fresh(operation, ask, deps.runtime);
    const waiting = (await deps.asks.unanswered()).find(
      (other) => !isOver(other, deps.runtime.clock.now()) && sameness(other) === sameness(asked),
    );
    if (waiting) return accepted({ ask: shownAsk(waiting) });
    const { id, by, role, params, expiresAt } = asked;
    const data = { askId: id, operation, params, role, expiresAt };
    await deps.journal.commit(id, [{ kind: 'ask.opened', actor: `person/${by}`, data }], [deps.asks.open(asked)]);
    return accepted({ ask: shownAsk(asked) });
  };
