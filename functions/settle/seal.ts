import type { ActionReply } from '../../shared/contracts/action.ts';
import type { StepRecord } from '../../shared/contracts/execution.ts';
import type { Label, Restricted } from '../../shared/contracts/restricted.ts';
import { ActionType } from '../../shared/contracts/vocabulary.ts';
import { stepOutput } from '../../shared/domain/said.ts';
import { peopleOf } from '../../shared/restricted/cut.ts';
import type { Vault } from '../../shared/restricted/index.ts';
import { isSubject } from '../../shared/restricted/personal.ts';
import { pieceToken } from '../../shared/restricted/tokens.ts';
import type { ExecutionsStore } from '../../shared/stores/executions.ts';
import { vocabulary } from '../../workflows/vocabulary/index.ts';

export interface SealDeps {
  vault: Vault;
  executions: ExecutionsStore;
}

/** A reply as it is kept: what the action declares that conditions may read, and, where more was said, the token of the rest. */
export interface Kept {
  readonly reply: ActionReply;
  readonly restricted?: Restricted;
}

/** By contract an error is a code; a sentence in its place is what somebody said. */
const CODE = /^[A-Z][A-Z0-9_]{0,39}$/;
const SEALED = 'SEALED';

const labelsFor = (action: string): readonly Label[] => vocabulary[ActionType.parse(action)].restricted ?? [];

/** What of a reply is no declared word of its action. */
const openOf = ({ action, actionId }: StepRecord, reply: ActionReply): ActionReply => ({
  ...reply,
  note: undefined,
  error: reply.error === undefined || CODE.test(reply.error) ? reply.error : SEALED,
  result: stepOutput(vocabulary[ActionType.parse(action)].reply, actionId, reply.result).said,
});

/** Whom a run's event names, by their tokens: what is said of an action of it is said of them. */
const peopleIn = async ({ executions }: SealDeps, executionId: string): Promise<string[]> => {
  const run = await executions.get(executionId);
  const entities = run?.situation?.entities ?? run?.input.event?.entities ?? [];
  return peopleOf({ entities }).flatMap(({ id }) => (isSubject(id) ? [id] : []));
};

const saysMore = (reply: ActionReply, open: ActionReply): boolean =>
  reply.note !== undefined || reply.error !== open.error || Object.keys(reply.result).some((name) => !Object.hasOwn(open.result, name));

/**
 * What a subsystem said of an action, before any of it is written down: where the action is restricted, whatever is not one of its declared words is
 * sealed, once for each delivery of the bus (`busId`). Anything else is kept as it came, and costs nothing here.
 */
export const sealedReply =
  (deps: SealDeps) =>
  async (record: StepRecord, busId: string, reply: ActionReply): Promise<Kept> => {
    const labels = labelsFor(record.action);
    if (labels.length === 0) return { reply };
    const open = openOf(record, reply);
    if (!saysMore(reply, open)) return { reply: open };
    const { note, error, result } = reply;
    const token = pieceToken(`reply ${record.actionId} ${busId}`);
    const people = await peopleIn(deps, record.executionId);
    const piece = await deps.vault.seal({ token, labels, people, content: { note, error, result } });
    return { reply: open, restricted: { labels: [...piece.labels], sealed: token, digest: piece.digest } };
  };
