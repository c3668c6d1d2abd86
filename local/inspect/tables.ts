import { unmarshall } from '@aws-sdk/util-dynamodb';
import { Refusal } from '../kernel/refusal.ts';
import type { Look } from './look.ts';
import { ask, type Show } from './view.ts';

type Item = Record<string, unknown>;

const nameOf = (properties: Item, ref: string): string => String(properties['TableName'] ?? ref);

const namesOf = ({ machine }: Look): string[] =>
  machine.template
    .ofType('AWS::DynamoDB::Table')
    .map(({ properties, ref }) => nameOf(properties, ref))
    .sort();

/** All items, page by page. */
export const itemsOf = async (look: Look, TableName: string): Promise<Item[]> => {
  const items: Item[] = [];
  let ExclusiveStartKey: unknown;
  do {
    const page = await ask<{ Items: Parameters<typeof unmarshall>[0][]; LastEvaluatedKey?: unknown }>(look, 'dynamodb', 'Scan', {
      TableName,
      ...(ExclusiveStartKey ? { ExclusiveStartKey } : {}),
    });
    for (const item of page.Items) items.push(unmarshall(item));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return items;
};

const countOf = async (look: Look, TableName: string): Promise<number> => {
  let count = 0;
  let ExclusiveStartKey: unknown;
  do {
    const page = await ask<{ Count: number; LastEvaluatedKey?: unknown }>(look, 'dynamodb', 'Scan', {
      TableName,
      Select: 'COUNT',
      ...(ExclusiveStartKey ? { ExclusiveStartKey } : {}),
    });
    count += page.Count;
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return count;
};

export const tables: Show = async (look) => {
  const rows = await Promise.all(namesOf(look).map(async (table) => ({ table, items: await countOf(look, table) })));
  return [{ title: 'Tables', rows, none: 'the template has none' }];
};

/** By its whole name, or the end of it: `journal` for `swoe-dev-journal`. */
export const table: Show = async (look, name) => {
  const names = namesOf(look);
  const found = names.find((known) => known === name) ?? names.find((known) => known.endsWith(`-${name}`));
  if (!found) throw new Refusal(`There is no table ${name}: the template has ${names.join(', ')}.`);
  return [{ title: found, rows: await itemsOf(look, found), none: 'it is empty' }];
};
