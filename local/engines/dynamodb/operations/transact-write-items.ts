import { readUnits, Usage } from '../capacity.ts';
import { type Context, outward } from '../context.ts';
import { constraint, invalid } from '../faults.ts';
import { checkShape, type Input, type Output, type Shape, shape, structure, text } from '../input.ts';
import type { RowWrite } from '../store.ts';
import { digestOf } from '../values/digest.ts';
import { withManyMetrics } from './item-collections.ts';
import { cancelled, LARGEST, partsOf, type Reason, reasonOf, Targets, tooLarge } from './transaction.ts';
import { planWrite, type WriteKind, type WritePlan } from './write-plan.ts';

const LONGEST_TOKEN = 36;

const COMMON = {
  TableName: 'string',
  ConditionExpression: 'string',
  ExpressionAttributeNames: 'map',
  ExpressionAttributeValues: 'map',
  ReturnValuesOnConditionCheckFailure: ['ALL_OLD', 'NONE'],
} as const;

const PARTS: Readonly<Record<WriteKind, { readonly shape: Shape; readonly required: readonly string[] }>> = {
  Put: { shape: shape({ ...COMMON, Item: 'map' }), required: ['TableName', 'Item'] },
  Update: { shape: shape({ ...COMMON, Key: 'map', UpdateExpression: 'string' }), required: ['TableName', 'Key', 'UpdateExpression'] },
  Delete: { shape: shape({ ...COMMON, Key: 'map' }), required: ['TableName', 'Key'] },
  ConditionCheck: { shape: shape({ ...COMMON, Key: 'map' }), required: ['TableName', 'Key', 'ConditionExpression'] },
};

const onlyMember = (part: Input): string => {
  const given = Object.keys(part).filter((name) => part[name] !== undefined && part[name] !== null);
  const [only] = given;
  if (only === undefined || given.length > 1) throw invalid('TransactItems can only contain one of Check, Put, Update or Delete');
  return only;
};

const planOf = (context: Context, part: Input): WritePlan => {
  const kind = onlyMember(part);
  const known = Object.hasOwn(PARTS, kind) ? PARTS[kind as WriteKind] : undefined;
  if (!known) throw invalid(`The local DynamoDB engine does not cover the member ${kind} of TransactItems`);
  const input = structure(part[kind], kind);
  checkShape(kind, input, known.shape, known.required);
  return planWrite(context, kind as WriteKind, input);
};

const failed = ({ returnOnFailure, table }: WritePlan, id: string): Reason => {
  const old = returnOnFailure ? table.row(id) : undefined;
  return {
    Code: 'ConditionalCheckFailed',
    Message: 'The conditional request failed',
    ...(old ? { Item: outward(old) } : {}),
  };
};

/** What becomes of one part: its write, or why the whole transaction is cancelled. */
const judge = (plan: WritePlan, id: string): RowWrite | Reason => {
  const { table } = plan;
  const old = table.row(id);
  if (!plan.permitted(old)) return failed(plan, id);
  try {
    return { table, old, next: plan.next(old) };
  } catch (error) {
    return reasonOf(error);
  }
};

/** The writes, or (thrown) the reasons against them. Those that can be done are charged in either case. */
const judgeAll = (plans: readonly WritePlan[], usage: Usage): RowWrite[] => {
  const reasons = new Array<Reason | undefined>(plans.length);
  const targets = new Targets();
  const ids = plans.map((plan, at) => {
    try {
      return plan.locate();
    } catch (error) {
      reasons[at] = reasonOf(error);
      return '';
    }
  });
  for (let at = 0; at < plans.length; at += 1) if (!reasons[at]) targets.add((plans[at] as WritePlan).table, ids[at] as string);
  const writes: RowWrite[] = [];
  for (let at = 0; at < plans.length; at += 1) {
    const verdict = reasons[at] ?? judge(plans[at] as WritePlan, ids[at] as string);
    if ('Code' in verdict) reasons[at] = verdict;
    else {
      writes.push(verdict);
      usage.write(verdict.table, verdict.old, verdict.next);
    }
  }
  if (writes.length < plans.length) throw cancelled(reasons);
  return writes;
};

/** A repeated request is charged as the read of its items. */
const repeated = (context: Context, plans: readonly WritePlan[], mode: string | undefined): Output => {
  const usage = new Usage('read units', mode, true);
  for (const plan of plans) usage.table(plan.table.name, readUnits(plan.table.row(plan.locate())?.size ?? 0, true));
  context.bill(usage);
  return usage.several({});
};

const tokenIn = (input: Input): string | undefined => {
  const token = text(input, 'ClientRequestToken');
  if (token === '') throw constraint(token, 'clientRequestToken', 'Member must have length greater than or equal to 1');
  if (token === undefined || token.length <= LONGEST_TOKEN) return token;
  throw constraint(token, 'clientRequestToken', `Member must have length less than or equal to ${LONGEST_TOKEN}`);
};

const sizeOf = (writes: readonly RowWrite[]): number => {
  let bytes = 0;
  for (const { next } of writes) bytes += next?.size ?? 0;
  return bytes;
};

export const transactWriteItems = (context: Context, input: Input): Output => {
  const { store, bill } = context;
  const plans = partsOf(input).map((part) => planOf(context, part));
  const mode = text(input, 'ReturnConsumedCapacity');
  const token = tokenIn(input);
  const digest = token === undefined ? 0 : digestOf(input['TransactItems']);
  if (token !== undefined && store.tokens.repeats(token, digest, store.now())) return repeated(context, plans, mode);
  const usage = new Usage('write units', mode, true);
  let writes: RowWrite[];
  try {
    writes = judgeAll(plans, usage);
  } finally {
    bill(usage);
  }
  if (sizeOf(writes) > LARGEST) throw tooLarge();
  store.commit(writes, token === undefined ? {} : { token: [token, digest] });
  return withManyMetrics(input, usage.several({}), writes);
};
