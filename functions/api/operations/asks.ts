import type { Asked } from '../../../shared/contracts/ask.ts';
import type { Endpoint } from '../../../shared/contracts/endpoint.ts';
import { endpoints, type Operation } from '../../../shared/contracts/endpoints.ts';
import type { Role } from '../../../shared/contracts/vocabulary.ts';
import { isBarred } from '../../../shared/domain/barred.ts';
import { iso } from '../../../shared/lambda/ids.ts';
import type { Clock } from '../../../shared/lambda/runtime.ts';
import type { AsksStore, KeptAsk } from '../../../shared/stores/asks.ts';
import type { BarredStore } from '../../../shared/stores/barred.ts';
import type { JournalStore } from '../../../shared/stores/journal.ts';
import { type AdmitDeps, admit } from '../admit.ts';
import type { Caller } from '../caller.ts';
import type { Ask, Perform } from '../operation.ts';
import { type AnyReply, conflict, forbidden, isRefusal, notFound, ok, type Refusal, type Reply } from '../reply.ts';
import { type Confirm, isOver, shownAsk } from '../two-persons.ts';

interface Deps extends AdmitDeps {
  readonly asks: AsksStore;
  readonly journal: JournalStore;
  readonly barred: BarredStore;
  readonly clock: Clock;
  /** Performs an operation as the door would, for whoever asked. */
  readonly perform: (operation: Operation, ask: Ask<Operation>) => Promise<AnyReply>;
  readonly confirm: Confirm;
}

/** What is needed to do it: who says yes, besides. */
type Granting = Deps & { readonly second: Caller };

/** Longer than a call of the API may take: whoever has an ask in hand and died holds it up for no longer (ms). */
const IN_HAND_MS = 60_000;

const endpointOf = ({ operation }: KeptAsk): (Endpoint & { operation: Operation }) | undefined =>
  endpoints.find((endpoint) => endpoint.operation === operation && 'twoPersons' in endpoint);

export const listAsks =
  ({ asks, clock }: Pick<Deps, 'asks' | 'clock'>): Perform<'listAsks'> =>
  async () => {
    const open = (await asks.unanswered()).filter((ask) => !isOver(ask, clock.now()));
    return ok({ items: open.sort((a, b) => (a.expiresAt < b.expiresAt ? -1 : 1)).map(shownAsk) });
  };

const gone = (id: string): Refusal =>
  notFound(`No ask ${id.slice(0, 100)} waits: its time is over, or it never was. GET /asks lists those that wait`);

type Said = Reply<Asked, 200>;
type Answer = NonNullable<KeptAsk['answer']>;

/** Why a word on an ask that ended comes too late; the same word said again is answered as before. */
const afterwards = (ask: KeptAsk, { by, answer }: Pick<Answer, 'by' | 'answer'>): Said => {
  if (!ask.answer) return gone(ask.id);
  const same = ask.answer.by === by && ask.answer.answer === answer;
  if (same && (ask.outcome || ask.state === 'refused')) return ok({ ask: shownAsk(ask) });
  return conflict(
    same ? `${ask.id} is being done: look at it again in a minute` : `${ask.id} was answered by ${ask.answer.by} at ${ask.answer.at}`,
  );
};

/** Whoever asked must still be let in and still be allowed. */
const stillStands = async (deps: Deps, { by: sub, roles, agency, at }: KeptAsk, endpoint: Endpoint): Promise<Refusal | undefined> => {
  const asker = { sub, roles, agency };
  const isOut = isBarred(await deps.barred.all(), { sub, issuedAt: Date.parse(at) });
  const admitted = isOut ? forbidden('') : await admit(deps, endpoint, asker);
  return typeof admitted === 'string'
    ? undefined
    : conflict(`${sub}, who asked for this, may not any more: ask yourself, and let another person confirm it`);
};

/** The call as whoever asked would make it, with who confirmed it. */
const askOf = (
  { second }: Granting,
  { by: sub, roles, agency, role, params, body }: KeptAsk,
  { body: contract }: Endpoint,
): Ask<Operation> =>
  ({
    caller: { sub, roles, agency, expiresAt: 0, origin: second.origin },
    role,
    params,
    query: undefined,
    body: contract?.parse(body),
    raw: body,
    second,
  }) as Ask<Operation>;

/** Performs it in the name of whoever asked, in the call of whoever said yes, and keeps what came of it. What failed on our side is left to be tried again. */
const carryOut = async (deps: Granting, ask: KeptAsk, endpoint: Endpoint & { operation: Operation }): Promise<Said> => {
  const reply = await deps.perform(endpoint.operation, askOf(deps, ask, endpoint));
  if (isRefusal(reply) && reply.status >= 500) {
    await deps.journal.commit(ask.id, [], [deps.asks.move(ask, { inHandUntil: deps.clock.now() })]);
    return reply;
  }
  const outcome = { status: reply.status, body: reply.body };
  await deps.journal.commit(ask.id, [], [deps.asks.move(ask, { outcome })]);
  return ok({ ask: shownAsk({ ...ask, outcome }) });
};

/** Whether this second person may confirm just this. */
const mayConfirm = (
  deps: Granting,
  ask: KeptAsk,
  endpoint: Endpoint & { operation: Operation },
): Promise<Refusal | undefined> | undefined =>
  (
    deps.confirm[endpoint.operation] as Confirm[Operation] as
      | ((ask: Ask<Operation>, second: Caller) => Promise<Refusal | undefined>)
      | undefined
  )?.(askOf(deps, ask, endpoint), deps.second);

/** Takes a yes: whoever moves the ask on performs it, so two cannot. */
const grant = async (deps: Granting, ask: KeptAsk, answer: Answer, endpoint: Endpoint & { operation: Operation }): Promise<Said> => {
  const refused = (await stillStands(deps, ask, endpoint)) ?? (await mayConfirm(deps, ask, endpoint));
  if (refused) return refused;
  const to = { state: 'granted' as const, answer, inHandUntil: deps.clock.now() + IN_HAND_MS };
  const data = { askId: ask.id, operation: ask.operation, params: ask.params, by: ask.by, role: answer.role, reason: answer.reason };
  const entry = { kind: 'ask.granted' as const, actor: `person/${answer.by}`, data };
  const done = await deps.journal.commit(ask.id, ask.state === 'open' ? [entry] : [], [deps.asks.move(ask, to)]);
  return done.ok ? carryOut(deps, { ...ask, ...to }, endpoint) : afterwards((await deps.asks.get(ask.id)) ?? ask, answer);
};

const refuse = async (deps: Deps, ask: KeptAsk, answer: Answer): Promise<Said> => {
  const data = { askId: ask.id, operation: ask.operation, params: ask.params, by: ask.by, role: answer.role, reason: answer.reason };
  const entry = { kind: 'ask.refused' as const, actor: `person/${answer.by}`, data };
  const done = await deps.journal.commit(ask.id, [entry], [deps.asks.move(ask, { state: 'refused', answer })]);
  return done.ok ? ok({ ask: shownAsk({ ...ask, state: 'refused', answer }) }) : afterwards((await deps.asks.get(ask.id)) ?? ask, answer);
};

/** Whoever said yes and saw it fail, or whose call died, may say it again. */
const isLeftLying = (ask: KeptAsk, by: string, now: number): boolean =>
  ask.state === 'granted' && !ask.outcome && ask.answer?.by === by && (ask.inHandUntil ?? 0) <= now;

export const answerAsk =
  (deps: Deps): Perform<'answerAsk'> =>
  async ({ params: { id = '' }, body, caller }) => {
    const ask = await deps.asks.get(id);
    const endpoint = ask && endpointOf(ask);
    if (!ask || !endpoint) return gone(id);
    const role: Role | Refusal = await admit(deps, endpoint, caller);
    if (typeof role !== 'string') return role;
    if (ask.by === caller.sub) return forbidden('You asked for this: another person says yes or no to it');
    const now = deps.clock.now();
    const lying = body.answer === 'yes' && isLeftLying(ask, caller.sub, now);
    if (isOver(ask, now) && !lying) return afterwards(ask, { by: caller.sub, answer: body.answer });
    const answer: Answer = ask.answer ?? { ...body, by: caller.sub, role, at: iso(now) };
    return body.answer === 'yes' ? grant({ ...deps, second: caller }, ask, answer, endpoint) : refuse(deps, ask, answer);
  };
