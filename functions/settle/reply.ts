import type * as z from 'zod';
import { ActionReply } from '../../shared/contracts/action.ts';
import type { StepRecord } from '../../shared/contracts/execution.ts';
import type { Entry } from '../../shared/contracts/journal.ts';
import type { Label } from '../../shared/contracts/restricted.ts';
import { ActionType } from '../../shared/contracts/vocabulary.ts';
import { burialOf } from '../../shared/domain/burial.ts';
import { countOutcome, isDeclined, type OutcomeDeps } from '../../shared/domain/kernel/outcome.ts';
import { replyRefusal, stepOutput } from '../../shared/domain/said.ts';
import type { OwnBus } from '../../shared/lambda/bus.ts';
import type { BusEvent } from '../../shared/lambda/doors.ts';
import { iso } from '../../shared/lambda/ids.ts';
import { say } from '../../shared/lambda/log.ts';
import type { Tokens } from '../../shared/lambda/machines.ts';
import type { Clock, LogSink } from '../../shared/lambda/runtime.ts';
import { sealedBurial } from '../../shared/restricted/letter.ts';
import type { Burial } from '../../shared/stores/dead-letters.ts';
import type { JournalStore } from '../../shared/stores/journal.ts';
import type { Write } from '../../shared/stores/table.ts';
import { vocabulary } from '../../workflows/vocabulary/index.ts';
import { undoLate } from './late.ts';
import { withReading } from './partner.ts';
import { type Kept, type SealDeps, sealedReply } from './seal.ts';

export interface ReplyDeps extends SealDeps {
  bus: OwnBus;
  journal: JournalStore;
  kernel: OutcomeDeps['kernel'];
  tokens: Tokens;
  clock: Clock;
  log: LogSink;
  bury: (letter: Burial) => Write[];
}

/** An action id is `<execution>/<step>/<attempt>`. */
export const parseActionId = (actionId: string): { executionId: string; step: string } | undefined => {
  const parts = actionId.split('/');
  const [executionId, step] = parts;
  return parts.length === 3 && executionId && step ? { executionId, step } : undefined;
};

type Outcome = 'completed' | 'failed' | 'progress';
const outcomeOf = (detailType: string): Outcome => detailType.slice('action.'.length) as Outcome;

const entry = (kind: Entry['kind'], raw: BusEvent, record: StepRecord, data: object): Entry => ({
  kind,
  actor: `source/${raw.source}`,
  incidentId: record.incidentId,
  executionId: record.executionId,
  data: { step: record.step, action: record.action, actionId: record.actionId, ...data },
});

/** What a detail that is no reply lacks: the first place, and all of them with what is wrong there. */
const unread = ({ issues }: z.ZodError): [path: string, reason: string] => {
  const places = issues.map(({ path, message }) => ({ path: path.join('.') || 'detail', message }));
  return [places[0]?.path ?? 'detail', places.map(({ path, message }) => `${path}: ${message}`).join('; ')];
};

/** A reply that belongs to no action that is known may be any of those that its subsystem is asked for. */
const labelsOfReply = ({ source }: BusEvent, record: StepRecord | undefined): Label[] =>
  Object.entries(vocabulary).flatMap(([action, { performs, restricted = [] }]) =>
    (record ? record.action === action : performs === source) ? [...restricted] : [],
  );

/** A reply that belongs to nothing we asked for is kept with its reason, and changes nothing. */
const refuse = async (deps: ReplyDeps, raw: BusEvent, path: string, why: string, record?: StepRecord): Promise<void> => {
  const { journal, log, bury, clock, vault } = deps;
  const letter = await sealedBurial(vault)(raw, burialOf(raw, clock.now(), why, path), labelsOfReply(raw, record));
  const { reason } = letter;
  say(log, 'warn', 'event.refused', { busId: raw.id, reason });
  await journal.commit(
    raw.id,
    [{ kind: 'action.refused-reply', actor: 'system/settle', data: { busId: raw.id, source: raw.source.slice(0, 60), reason } }],
    bury(letter),
  );
};

const replyOf = (action: string) => vocabulary[ActionType.parse(action)].reply;

/** Why a step failed, as its machine, whose history keeps it, is told. */
const causeOf = ({ reply: { error, note }, restricted }: Kept): string =>
  `${error ?? 'failed'}: ${restricted ? `what was said is ${restricted.sealed}` : (note ?? 'the subsystem gave no reason')}`;

const answerMachine = async ({ tokens }: ReplyDeps, record: StepRecord, outcome: Outcome, kept: Kept): Promise<void> => {
  const { reply } = kept;
  if (!record.token) return;
  if (outcome === 'completed') await tokens.succeed(record.token, stepOutput(replyOf(record.action), record.actionId, reply.result));
  else await tokens.fail(record.token, 'SWOE.ActionFailed', causeOf(kept));
};

/** What an answer says of whoever gave it. */
const count = async (deps: ReplyDeps, { subsystem, actionId, action }: StepRecord, ok: boolean, { error }: ActionReply): Promise<void> => {
  if (!ok && isDeclined(error)) return;
  const outcome = ok ? { ok, actionId } : { ok, actionId, why: `${action} failed with ${error ?? 'no reason given'}` };
  await countOutcome(deps, 'system/settle')(subsystem, outcome);
};

const STATUS = { completed: 'COMPLETED', failed: 'FAILED' } as const;

/** A reply to the attempt under way. The store knows before the state machine does; a second delivery tells the machine again. */
const take = async (deps: ReplyDeps, raw: BusEvent, record: StepRecord, said: ActionReply): Promise<void> => {
  const { executions, journal, clock } = deps;
  const outcome = outcomeOf(raw['detail-type']);
  const kept = await sealedReply(deps)(record, raw.id, said);
  const { reply, restricted } = kept;
  const { stage, by, note, error, result } = reply;
  const told = executions.replied(record.executionId, raw.id, clock.now());
  if (outcome === 'progress') {
    await journal.commit(record.incidentId, [entry('action.progress', raw, record, { stage, by, note, result, restricted })], [told]);
    return;
  }
  const status = STATUS[outcome];
  const set = { endedAt: iso(clock.now()), result, error, cause: note, restricted };
  const done = await journal.commit(
    record.incidentId,
    [entry(outcome === 'completed' ? 'step.completed' : 'step.failed', raw, record, { stage, by, note, error, result, restricted })],
    [executions.enterStep(record.executionId, record.step, status, set), told],
  );
  if (done.ok) {
    await answerMachine(deps, record, outcome, kept);
    return count(deps, record, outcome === 'completed', reply);
  }
  // What was completed before says what it said then.
  if (record.status === status)
    return answerMachine(deps, record, outcome, { ...kept, reply: { ...reply, result: record.result ?? result } });
  const late = entry('action.late-reply', raw, record, { outcome, status: record.status, note, restricted });
  await journal.commit(record.incidentId, [late], [told]);
  const now = await executions.step(record.executionId, record.step);
  if (outcome === 'completed' && now?.actionId === record.actionId) await undoLate(deps, now);
};

/** A subsystem's word on an action it was asked for. Only the subsystem that was asked may answer. */
export const settleReply =
  (deps: ReplyDeps) =>
  async (raw: BusEvent): Promise<void> => {
    const parsed = ActionReply.safeParse(raw.detail);
    if (!parsed.success) return refuse(deps, raw, ...unread(parsed.error));
    const reply = parsed.data;
    const of = parseActionId(reply.actionId);
    const record = of && (await deps.executions.step(of.executionId, of.step));
    if (!record) return refuse(deps, raw, 'actionId', 'actionId: no such action was requested');
    if (record.subsystem !== raw.source)
      return refuse(deps, raw, 'source', `source: ${raw.source} was not asked; ${record.subsystem} was`, record);
    if (record.actionId !== reply.actionId) {
      const late = entry('action.late-reply', raw, record, { outcome: outcomeOf(raw['detail-type']), of: reply.actionId });
      await deps.journal.commit(record.incidentId, [late], [deps.executions.replied(record.executionId, raw.id, deps.clock.now())]);
      return;
    }
    const unfit =
      raw['detail-type'] === 'action.completed' ? replyRefusal(replyOf(record.action), record.actionId, reply.result) : undefined;
    if (unfit) return refuse(deps, raw, unfit.slice(0, unfit.indexOf(':')), `${record.action} ${unfit}`, record);
    await take(deps, raw, record, await withReading(deps, record, reply));
  };
