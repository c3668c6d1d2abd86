import { AwsError } from '../../../kernel/aws-error.ts';
import { readUnits, Usage } from '../capacity.ts';
import { type Context, outward } from '../context.ts';
import { constraint, invalid } from '../faults.ts';
import { checkShape, type Input, list, type Output, type Shape, shape, structure, text } from '../input.ts';
import type { RowWrite } from '../store.ts';
import type { Row } from '../tables/row.ts';
import { digestOf } from '../values/digest.ts';
import { idOfKey, projected, projectionIn } from './get-item.ts';
import { withManyMetrics } from './item-collections.ts';
import { planWrite, type WriteKind, type WritePlan } from './write-plan.ts';

const MOST = 100;
const LARGEST = 4 * 1024 * 1024;
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

const partsOf = (input: Input): readonly Input[] => {
  const parts = list(input, 'TransactItems');
  if (parts.length === 0) throw constraint([], 'transactItems', 'Member must have length greater than or equal to 1');
  if (parts.length > MOST) throw constraint(parts, 'transactItems', `Member must have length less than or equal to ${MOST}`);
  return parts.map((part) => structure(part, 'TransactItems'));
};

const onlyMember = (part: Input): [string, Input] => {
  const given = Object.entries(part).filter(([, value]) => value !== undefined && value !== null);
  const [only] = given;
  if (!only || given.length > 1) throw invalid('TransactItems can only contain one of Check, Put, Update or Delete');
  return [only[0], structure(only[1], only[0])];
};

const planOf = (context: Context, part: Input): WritePlan => {
  const [kind, input] = onlyMember(part);
  const known = Object.hasOwn(PARTS, kind) ? PARTS[kind as WriteKind] : undefined;
  if (!known) throw invalid(`The local DynamoDB engine does not cover the member ${kind} of TransactItems`);
  checkShape(kind, input, known.shape, known.required);
  return planWrite(context, kind as WriteKind, input);
};

interface Reason {
  readonly Code: 'None' | 'ConditionalCheckFailed' | 'ValidationError';
  readonly Message?: string;
  readonly Item?: unknown;
}

/** What becomes of one part: its write, or why the whole transaction is cancelled. */
type Verdict = { readonly write: RowWrite } | { readonly reason: Reason };

/** What does not fit a table or an item cancels; what no request may say was refused before. */
const orReason = <T>(attempt: () => T): { value: T } | { reason: Reason } => {
  try {
    return { value: attempt() };
  } catch (error) {
    if (error instanceof AwsError && error.name === 'ValidationException' && !error.message.includes('cannot contain an empty')) {
      return { reason: { Code: 'ValidationError', Message: error.message } };
    }
    throw error;
  }
};

const failed = ({ returnOnFailure }: WritePlan, old: Row | undefined): Reason => ({
  Code: 'ConditionalCheckFailed',
  Message: 'The conditional request failed',
  ...(returnOnFailure && old ? { Item: outward(old) } : {}),
});

const verdictOf = (plan: WritePlan, located: { value: string } | { reason: Reason }): Verdict => {
  if ('reason' in located) return located;
  const old = plan.table.row(located.value);
  if (!plan.permitted(old)) return { reason: failed(plan, old) };
  const next = orReason(() => plan.next(old));
  return 'reason' in next ? next : { write: { table: plan.table, old, next: next.value } };
};

const cancelled = (reasons: readonly Reason[]): AwsError => {
  const codes = reasons.map(({ Code }) => Code).join(', ');
  const message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`;
  return new AwsError('TransactionCanceledException', message, { CancellationReasons: reasons });
};

const targetsOnce = (plans: readonly WritePlan[], located: readonly ({ value: string } | { reason: Reason })[]): void => {
  const targets = plans.flatMap(({ table }, at) => {
    const place = located[at];
    return place && 'value' in place ? [`${table.name} ${place.value}`] : [];
  });
  if (new Set(targets).size < targets.length) throw invalid('Transaction request cannot include multiple operations on one item');
};

const chargeWrites = (writes: readonly RowWrite[], mode: string | undefined): Usage => {
  const usage = new Usage('write units', mode, true);
  for (const { table, old, next } of writes) usage.write(table, old, next);
  return usage;
};

/** A repeated request is charged as the read of its items. */
const chargeRepeat = (plans: readonly WritePlan[], mode: string | undefined): Usage => {
  const usage = new Usage('read units', mode, true);
  for (const plan of plans) usage.table(plan.table.name, readUnits(plan.table.row(plan.locate())?.size ?? 0, true));
  return usage;
};

export const transactWriteItems = (context: Context, input: Input): Output => {
  const { store, bill } = context;
  const plans = partsOf(input).map((part) => planOf(context, part));
  const mode = text(input, 'ReturnConsumedCapacity');
  const token = text(input, 'ClientRequestToken');
  if (token !== undefined && (token === '' || token.length > LONGEST_TOKEN)) {
    throw constraint(token, 'clientRequestToken', `Member must have length less than or equal to ${LONGEST_TOKEN}`);
  }
  const digest = token === undefined ? 0 : digestOf(input['TransactItems']);
  if (token !== undefined && store.tokens.repeats(token, digest, store.now())) {
    const usage = chargeRepeat(plans, mode);
    bill(usage);
    return usage.several({});
  }
  const located = plans.map((plan) => orReason(() => plan.locate()));
  targetsOnce(plans, located);
  const verdicts = plans.map((plan, at) => verdictOf(plan, located[at] as { value: string } | { reason: Reason }));
  const writes = verdicts.flatMap((verdict) => ('write' in verdict ? [verdict.write] : []));
  const usage = chargeWrites(writes, mode);
  bill(usage);
  if (writes.length < verdicts.length)
    throw cancelled(verdicts.map((verdict) => ('reason' in verdict ? verdict.reason : { Code: 'None' })));
  if (writes.reduce((sum, { next }) => sum + (next?.size ?? 0), 0) > LARGEST) {
    throw invalid('The aggregate size of the items in the transaction exceeds the limit of 4 MB');
  }
  store.commit(writes, token === undefined ? {} : { token: [token, digest] });
  return withManyMetrics(input, usage.several({}), writes);
};

const GET_PART = shape({ Get: 'map' });
const GET_SHAPE = shape({ TableName: 'string', Key: 'map', ProjectionExpression: 'string', ExpressionAttributeNames: 'map' });

export const transactGetItems = ({ store, bill }: Context, input: Input): Output => {
  const reads = partsOf(input).map((part) => {
    checkShape('TransactGetItem', part, GET_PART, ['Get']);
    const get = part['Get'] as Input;
    checkShape('Get', get, GET_SHAPE, ['TableName', 'Key']);
    return { projection: projectionIn(get), table: store.table(text(get, 'TableName') ?? ''), key: get['Key'] };
  });
  const located = reads.map(({ table, key }) => orReason(() => idOfKey(table, key)));
  if (located.some((place) => 'reason' in place))
    throw cancelled(located.map((place) => ('reason' in place ? place.reason : { Code: 'None' })));
  const ids = located.map((place) => ('value' in place ? place.value : ''));
  if (new Set(reads.map(({ table }, at) => `${table.name} ${ids[at]}`)).size < reads.length) {
    throw invalid('Transaction request cannot include multiple operations on one item');
  }
  const usage = new Usage('read units', text(input, 'ReturnConsumedCapacity'), true);
  const responses = reads.map(({ table, projection }, at) => {
    const row = table.row(ids[at] ?? '');
    usage.table(table.name, readUnits(row?.size ?? 0, true));
    return row ? { Item: projected(row, projection) } : {};
  });
  bill(usage);
  return usage.several({ Responses: responses });
};
