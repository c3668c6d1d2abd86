import { AwsError } from '../../../kernel/aws-error.ts';
import type { Context } from '../context.ts';
import { constraint } from '../faults.ts';
import { checkShape, type Input, list, type Output, shape, structure, text } from '../input.ts';
import type { Tag } from '../tables/definition.ts';
import type { Table } from '../tables/table.ts';

const PAGE = 10;
const TAG = shape({ Key: 'string', Value: 'string' });

const resource = ({ store }: Context, input: Input): Table => {
  const arn = text(input, 'ResourceArn') ?? '';
  const table = [...store.catalogue.all()].find((one) => one.arn === arn);
  if (!table) throw new AwsError('ResourceNotFoundException', `Requested resource not found: ResourcArn: ${arn} not found`);
  return table;
};

const retag = ({ store }: Context, { definition, birth }: Table, tags: readonly Tag[]): Output => {
  store.putTable({ table: { ...definition, Tags: tags }, ...birth });
  return {};
};

const without = (table: Table, keys: readonly string[]): readonly Tag[] =>
  (table.definition.Tags ?? []).filter(({ Key }) => !keys.includes(Key));

export const tagResource = (context: Context, input: Input): Output => {
  const table = resource(context, input);
  const given = list(input, 'Tags').map((tag): Tag => {
    const { Key, Value } = structure(tag, 'Tags');
    checkShape('Tags', structure(tag, 'Tags'), TAG, ['Key', 'Value']);
    return { Key: String(Key), Value: String(Value) };
  });
  if (given.length === 0) throw constraint([], 'tags', 'Member must have length greater than or equal to 1');
  const keys = given.map(({ Key }) => Key);
  return retag(context, table, [...without(table, keys), ...given]);
};

export const untagResource = (context: Context, input: Input): Output => {
  const table = resource(context, input);
  return retag(context, table, without(table, list(input, 'TagKeys').map(String)));
};

/** Ten tags a page. The token is how many were seen. */
export const listTagsOfResource = (context: Context, input: Input): Output => {
  const tags = resource(context, input).definition.Tags ?? [];
  const from = Number(text(input, 'NextToken') ?? 0);
  const page = tags.slice(from, from + PAGE);
  return { Tags: page, ...(from + PAGE < tags.length ? { NextToken: String(from + PAGE) } : {}) };
};
