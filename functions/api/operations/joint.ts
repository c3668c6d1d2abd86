import type { Operation } from '../../../shared/contracts/endpoints.ts';
import type { JointOperation, JointView } from '../../../shared/contracts/joint.ts';
import type { Entry } from '../../../shared/contracts/journal.ts';
import { entriesOf } from '../../../shared/domain/joint/entries.ts';
import { type Parties, stateOf, viewOfOperation } from '../../../shared/domain/joint/in-force.ts';
import { act, type JointWord } from '../../../shared/domain/joint/operation.ts';
import type { Runtime } from '../../../shared/lambda/runtime.ts';
import type { JointStore } from '../../../shared/stores/joint.ts';
import type { JournalStore } from '../../../shared/stores/journal.ts';
import type { Write } from '../../../shared/stores/table.ts';
import type { Caller } from '../caller.ts';
import type { Ask, Perform } from '../operation.ts';
import { byKey, filtered } from '../pages.ts';
import { conflict, forbidden, notFound, ok, type Refusal, type Reply } from '../reply.ts';

export interface JointDeps {
  readonly joint: JointStore;
  readonly journal: JournalStore;
  readonly parties: Parties;
  readonly clock: Runtime['clock'];
  readonly runtime: Pick<Runtime, 'random'>;
}

/** What is said of an operation together with what it takes beside it: writes, and entries on them. */
export interface Beside {
  readonly word: JointWord;
  readonly writes?: readonly Write[];
  readonly entries?: readonly Entry[];
}

type Words = Extract<Operation, `${string}Joint${'Operation' | 'Units'}`>;
type WordAsk = Pick<Ask<Exclude<Words, 'declareJointOperation' | 'getJointOperation'>>, 'params' | 'caller'> & { body: { reason: string } };

const ATTEMPTS = 8;

const unknown = (id: string): Refusal => notFound(`There is no joint operation ${id.slice(0, 40)}; GET /joint-operations lists them`);

/** Whether an operation is somebody's to know of: of ours every one, of another agency's people those that it is asked into and has not left. */
const isKnownTo = ({ agency }: Caller, { ours }: Parties, operation: JointOperation): boolean => {
  const state = stateOf(operation, agency);
  return ours.includes(agency) || (state !== undefined && state !== 'LEFT');
};

/** The operation, or the refusal that says that there is none for this caller. */
export const operationFor = async ({ joint, parties }: Pick<JointDeps, 'joint' | 'parties'>, id: string, caller: Caller) => {
  const found = await joint.get(id);
  return found && isKnownTo(caller, parties, found) ? found : unknown(id);
};

export const isOperation = (found: JointOperation | Refusal): found is JointOperation => 'revision' in found;

const shown = ({ parties, clock }: JointDeps, operation: JointOperation): JointView => viewOfOperation(operation, parties, clock.now());

export const listJointOperations =
  (deps: JointDeps): Perform<'listJointOperations'> =>
  async ({ query, caller }) => {
    const isTheirs = (operation: JointOperation): boolean => isKnownTo(caller, deps.parties, operation);
    const first = query.cursor === undefined ? (await deps.joint.standing()).filter(isTheirs) : [];
    const list = await byKey(query, filtered(deps.joint.ended, isTheirs));
    if (!list.ok) return list.reply;
    const { items, next } = list.page;
    return ok({ items: [...first, ...items].map((one) => shown(deps, one)), ...(next ? { next } : {}) });
  };

export const getJointOperation =
  (deps: JointDeps): Perform<'getJointOperation'> =>
  async ({ params: { id = '' }, caller }) => {
    const found = await operationFor(deps, id, caller);
    return isOperation(found) ? ok(shown(deps, found)) : found;
  };

/** Says something of an operation as it stands, in one transaction with its entries; where somebody was faster it is looked at anew. */
export const speak = async (
  deps: JointDeps,
  { params: { id = '' }, caller, body: { reason } }: WordAsk,
  besideOf: (was: JointOperation) => Promise<Beside | Refusal>,
): Promise<Reply<JointView, 200>> => {
  const { joint, journal, parties, clock } = deps;
  for (let tries = 0; tries < ATTEMPTS; tries += 1) {
    const was = await operationFor(deps, id, caller);
    if (!isOperation(was)) return was;
    const beside = await besideOf(was);
    if (!('word' in beside)) return beside;
    const by = { sub: caller.sub, agency: caller.agency, reason, parties, now: clock.now() };
    const acted = act(was, beside.word, by);
    if (!acted.ok) return acted.why === 'forbidden' ? forbidden(acted.says) : conflict(acted.says);
    const entries = [...(beside.entries ?? []), ...entriesOf(acted, { was, by })];
    const done = await journal.commit(id, entries, [...joint.move(was, acted.now), ...(beside.writes ?? [])]);
    if (done.ok) return ok(shown(deps, acted.now));
  }
  return conflict('It changes all the time: look at it again');
};

const simple = (deps: JointDeps, ask: WordAsk, word: JointWord) => speak(deps, ask, async () => ({ word }));

export const acceptJointOperation =
  (deps: JointDeps): Perform<'acceptJointOperation'> =>
  (ask) =>
    simple(deps, ask, { do: 'accept', command: ask.body.command });

export const declineJointOperation =
  (deps: JointDeps): Perform<'declineJointOperation'> =>
  (ask) =>
    simple(deps, ask, { do: 'decline' });

export const commandJointOperation =
  (deps: JointDeps): Perform<'commandJointOperation'> =>
  (ask) =>
    simple(deps, ask, ask.body);

export const endJointOperation =
  (deps: JointDeps): Perform<'endJointOperation'> =>
  (ask) =>
    simple(deps, ask, { do: 'end' });
