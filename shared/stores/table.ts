import {
  BatchGetCommand,
  BatchWriteCommand,
  type BatchWriteCommandInput,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  type QueryCommandInput,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';

/** One write of a transaction, as the journal takes it. */
export type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];
export type Item = Record<string, unknown>;

export interface Key {
  pk: string;
  sk: string;
}

type BatchWrites = BatchWriteCommandInput['RequestItems'];
/** DynamoDB takes so many items in one batch of writes. */
const MOST_WRITES = 25;

const TAKEN = new Set(['ConditionalCheckFailedException', 'TransactionConflictException']);

const unless = (mark: string) => ({
  ConditionExpression: 'attribute_not_exists(pk) OR attribute_exists(#mark)',
  ExpressionAttributeNames: { '#mark': mark },
});

/** False where a write's condition did not hold, or another transaction was at its item. */
export const held = async (write: Promise<unknown>): Promise<boolean> => {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof Error && TAKEN.has(error.name)) return false;
    throw error;
  }
};

/** One page, and where the next one starts. */
export interface Paged<T> {
  items: T[];
  next?: string;
}

interface PageOptions {
  index?: { name: string; pk: string; sk?: string };
  limit: number;
  cursor?: string | undefined;
  upTo?: string | undefined;
}

/** A place in a list, as a caller is given it. */
export const encodeCursor = (place: object): string => Buffer.from(JSON.stringify(place)).toString('base64url');

/** A cursor that a caller gave back; undefined where it is not one of ours. */
export const decodeCursor = (cursor: string): Item | undefined => {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return key && typeof key === 'object' ? (key as Item) : undefined;
  } catch {
    return undefined;
  }
};

/** DynamoDB takes no empty map of values. */
const orNone = (values: Item): Item | undefined => (Object.keys(values).length > 0 ? values : undefined);

/** Why each write of a transaction kept it from being done, in their order; undefined for an error of another kind. */
export const reasonsOf = (error: unknown): (string | undefined)[] | undefined => {
  if (!(error instanceof Error) || error.name !== 'TransactionCanceledException') return undefined;
  return ((error as { CancellationReasons?: { Code?: string }[] }).CancellationReasons ?? []).map((reason) => reason.Code);
};

/** That an item is there, and each of these attributes is one of its values (undefined: is not there). */
const conditionsOf = (be: Record<string, unknown[]>): { conditions: string[]; names: Record<string, string>; values: Item } => {
  const names: Record<string, string> = {};
  const values: Item = {};
  const conditions = ['attribute_exists(pk)'];
  for (const [attribute, allowed] of Object.entries(be)) {
    names[`#${attribute}`] = attribute;
    const options = allowed.map((value, index) => {
      if (value === undefined) return `attribute_not_exists(#${attribute})`;
      values[`:was_${attribute}_${index}`] = value;
      return `#${attribute} = :was_${attribute}_${index}`;
    });
    conditions.push(`(${options.join(' OR ')})`);
  }
  return { conditions, names, values };
};

/** `conditionsOf` as a write takes it. */
const where = (be: Record<string, unknown[]>) => {
  const { conditions, names, values } = conditionsOf(be);
  return { ConditionExpression: conditions.join(' AND '), ExpressionAttributeNames: names, ExpressionAttributeValues: orNone(values) };
};

/** The few calls every store makes, on one table with keys `pk` and `sk`. Reads are strongly consistent unless they use an index. */
export const table = (client: DynamoDBDocumentClient, name: string) => {
  const query = async (input: Omit<QueryCommandInput, 'TableName'>): Promise<Item[]> => {
    const items: Item[] = [];
    let start: Item | undefined;
    do {
      const page = await client.send(new QueryCommand({ TableName: name, ExclusiveStartKey: start, ...input }));
      items.push(...(page.Items ?? []));
      start = input.Limit ? undefined : page.LastEvaluatedKey;
    } while (start);
    return items;
  };

  const batchGet = async (keys: Key[]): Promise<Item[]> => {
    const found: Item[] = [];
    for (let from = 0; from < keys.length; from += 100) {
      let wanted: Key[] | undefined = keys.slice(from, from + 100);
      while (wanted && wanted.length > 0) {
        const page: { Responses?: Record<string, Item[]>; UnprocessedKeys?: Record<string, unknown> } = await client.send(
          new BatchGetCommand({ RequestItems: { [name]: { Keys: wanted, ConsistentRead: true } } }),
        );
        found.push(...(page.Responses?.[name] ?? []));
        wanted = (page.UnprocessedKeys?.[name] as { Keys?: Key[] } | undefined)?.Keys;
      }
    }
    const byKey = new Map(found.map((item) => [`${item['pk']}\u0000${item['sk']}`, item]));
    return keys.flatMap((key): Item[] => {
      const item = byKey.get(`${key.pk}\u0000${key.sk}`);
      return item ? [item] : [];
    });
  };

  return {
    name,
    query,
    batchGet,

    /** Plain writes, each on its own and in no order; a later item of a key stands for the earlier ones. */
    batchPut: async (items: (Item & Key)[]): Promise<void> => {
      const once = [...new Map(items.map((item) => [`${item.pk}\u0000${item.sk}`, item])).values()];
      for (let from = 0; from < once.length; from += MOST_WRITES) {
        let left: BatchWrites = { [name]: once.slice(from, from + MOST_WRITES).map((Item) => ({ PutRequest: { Item } })) };
        while (left && Object.keys(left).length > 0)
          left = (await client.send(new BatchWriteCommand({ RequestItems: left }))).UnprocessedItems;
      }
    },

    /** A write of its own, where there is no item or only one that `mark` tells apart. False where there is another, or one is being written. */
    markAlone: (mark: string, item: Item & Key): Promise<boolean> =>
      held(client.send(new PutCommand({ TableName: name, Item: { ...item, [mark]: true }, ...unless(mark) }))),

    get: async (pk: string, sk: string): Promise<Item | undefined> =>
      (await client.send(new GetCommand({ TableName: name, Key: { pk, sk }, ConsistentRead: true }))).Item,

    /** All items of a partition whose sort key starts with `prefix`. */
    under: (pk: string, prefix = ''): Promise<Item[]> =>
      query({
        ConsistentRead: true,
        KeyConditionExpression: prefix ? 'pk = :pk AND begins_with(sk, :prefix)' : 'pk = :pk',
        ExpressionAttributeValues: prefix ? { ':pk': pk, ':prefix': prefix } : { ':pk': pk },
      }),

    /** Items of a partition with `from` ≤ sort key ≤ `to`; where there is a limit, the first of them. */
    between: (pk: string, from: string, to: string, limit?: number): Promise<Item[]> =>
      query({
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: { ':pk': pk, ':from': from, ':to': to },
        ...(limit === undefined ? {} : { Limit: limit }),
      }),

    /** A page of a partition (of an index, whose items are then read whole), newest first; `upTo`: none that sorts after this. */
    page: async (pk: string, { index, limit, cursor, upTo }: PageOptions): Promise<Paged<Item>> => {
      const until = upTo === undefined ? '' : ' AND #sk <= :upTo';
      const page = await client.send(
        new QueryCommand({
          TableName: name,
          IndexName: index?.name,
          KeyConditionExpression: `#pk = :pk${until}`,
          ExpressionAttributeNames: { '#pk': index?.pk ?? 'pk', ...(until ? { '#sk': index?.sk ?? 'sk' } : {}) },
          ExpressionAttributeValues: { ':pk': pk, ...(until ? { ':upTo': upTo } : {}) },
          ScanIndexForward: false,
          Limit: limit,
          ExclusiveStartKey: cursor ? decodeCursor(cursor) : undefined,
        }),
      );
      const items = page.Items ?? [];
      const whole = index ? await batchGet(items.map((item) => ({ pk: String(item['pk']), sk: String(item['sk']) }))) : items;
      return { items: whole, ...(page.LastEvaluatedKey ? { next: encodeCursor(page.LastEvaluatedKey) } : {}) };
    },

    put: (item: Item & Key): Write => ({ Put: { TableName: name, Item: item } }),

    putNew: (item: Item & Key): Write => ({ Put: { TableName: name, Item: item, ConditionExpression: 'attribute_not_exists(pk)' } }),

    /** Puts an item in place of one whose attributes are as they were read. */
    putOver: (item: Item & Key, be: Record<string, unknown[]>): Write => ({ Put: { TableName: name, Item: item, ...where(be) } }),

    /** Puts an item where there is none, or only one that `mark` tells apart: it was put there to keep the place. */
    putInPlaceOf: (mark: string, item: Item & Key): Write => ({ Put: { TableName: name, Item: item, ...unless(mark) } }),

    remove: (pk: string, sk: string): Write => ({ Delete: { TableName: name, Key: { pk, sk } } }),

    removeExisting: (pk: string, sk: string): Write => ({
      Delete: { TableName: name, Key: { pk, sk }, ConditionExpression: 'attribute_exists(pk)' },
    }),

    /** Removes an item whose attributes are as they were read. */
    removeAs: (pk: string, sk: string, be: Record<string, unknown[]>): Write => ({
      Delete: { TableName: name, Key: { pk, sk }, ...where(be) },
    }),

    /** Changes nothing, and holds the transaction to what an item's attributes may be. */
    check: (pk: string, sk: string, be: Record<string, unknown[]>): Write => ({
      ConditionCheck: { TableName: name, Key: { pk, sk }, ...where(be) },
    }),

    /** Changes nothing, and holds the transaction to it that there is no such item. */
    checkAbsent: (pk: string, sk: string): Write => ({
      ConditionCheck: { TableName: name, Key: { pk, sk }, ConditionExpression: 'attribute_not_exists(pk)' },
    }),

    /** Sets (or, where undefined, removes) attributes under equality conditions; `from` lists the values an attribute may have had before. */
    change: (pk: string, sk: string, set: Item, from: Record<string, unknown[]>): Write => {
      const { conditions, names, values } = conditionsOf(from);
      const sets = Object.entries(set).filter(([, value]) => value !== undefined);
      const removes = Object.entries(set).filter(([, value]) => value === undefined);
      for (const [attribute] of [...sets, ...removes]) names[`#${attribute}`] = attribute;
      for (const [attribute, value] of sets) values[`:${attribute}`] = value;
      const clauses = [
        sets.length > 0 ? `SET ${sets.map(([attribute]) => `#${attribute} = :${attribute}`).join(', ')}` : '',
        removes.length > 0 ? `REMOVE ${removes.map(([attribute]) => `#${attribute}`).join(', ')}` : '',
      ];
      return {
        Update: {
          TableName: name,
          Key: { pk, sk },
          UpdateExpression: clauses.filter(Boolean).join(' '),
          ConditionExpression: conditions.join(' AND '),
          ExpressionAttributeNames: names,
          ExpressionAttributeValues: orNone(values),
        },
      };
    },
  };
};

/** DynamoDB's time to live: seconds since the epoch. */
export const ttl = (ms: number): number => Math.floor(ms / 1000);
