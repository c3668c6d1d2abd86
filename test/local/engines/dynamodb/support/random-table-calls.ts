import fc from 'fast-check';
import type { RandomCall } from './random-operations.ts';

/** Calls that look at tables and change them: an index more or less, and what AWS refuses. */
const attribute = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' });
const index = (IndexName: string, AttributeName: string, ProjectionType = 'ALL') => ({
  IndexName,
  KeySchema: [{ AttributeName, KeyType: 'HASH' }],
  Projection: { ProjectionType },
});
const more = (...updates: object[]) => ({
  TableName: 'units',
  AttributeDefinitions: [attribute('note')],
  GlobalSecondaryIndexUpdates: updates,
});

const NEW = {
  TableName: 'fresh',
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  AttributeDefinitions: [attribute('id')],
  BillingMode: 'PAY_PER_REQUEST',
};

const CALLS: readonly RandomCall[] = [
  { operation: 'UpdateTable', input: more({ Create: index('byNoted', 'note') }) },
  { operation: 'UpdateTable', input: { TableName: 'units', GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'byNoted' } }] } },
  { operation: 'UpdateTable', input: { TableName: 'units' } },
  { operation: 'UpdateTable', input: { TableName: 'nowhere', BillingMode: 'PAY_PER_REQUEST' } },
  { operation: 'UpdateTable', input: { TableName: 'units', BillingMode: 'PROVISIONED' } },
  { operation: 'UpdateTable', input: { TableName: 'units', GlobalSecondaryIndexUpdates: [{}] } },
  {
    operation: 'UpdateTable',
    input: { TableName: 'units', GlobalSecondaryIndexUpdates: [{ Create: index('byUndefined', 'undefinedOne') }] },
  },
  { operation: 'Scan', input: { TableName: 'units', IndexName: 'byNoted' } },
  { operation: 'CreateTable', input: NEW },
  { operation: 'DeleteTable', input: { TableName: 'fresh' } },
  { operation: 'PutItem', input: { TableName: 'fresh', Item: { id: { S: 'one' }, s: { S: 'x' } } } },
  { operation: 'Scan', input: { TableName: 'fresh' } },
  { operation: 'DescribeTable', input: { TableName: 'units' } },
  { operation: 'DescribeTable', input: { TableName: 'journal' } },
  { operation: 'DescribeTable', input: { TableName: 'fresh' } },
  { operation: 'DescribeTable', input: { TableName: 'nowhere' } },
  { operation: 'DeleteTable', input: { TableName: 'nowhere' } },
  { operation: 'CreateTable', input: { ...NEW, TableName: 'ab' } },
  { operation: 'CreateTable', input: { ...NEW, TableName: 'wrong', BillingMode: 'PROVISIONED' } },
  { operation: 'CreateTable', input: { ...NEW, TableName: 'wrong', AttributeDefinitions: [attribute('id'), attribute('unused')] } },
  { operation: 'CreateTable', input: { ...NEW, TableName: 'wrong', AttributeDefinitions: [attribute('other')] } },
  { operation: 'CreateTable', input: { ...NEW, TableName: 'wrong', KeySchema: [{ AttributeName: 'id', KeyType: 'RANGE' }] } },
  { operation: 'CreateTable', input: { ...NEW, TableName: 'wrong', GlobalSecondaryIndexes: [] } },
  { operation: 'CreateTable', input: { ...NEW, TableName: 'wrong', GlobalSecondaryIndexes: [index('byId', 'id', 'INCLUDE')] } },
  { operation: 'CreateTable', input: { ...NEW, TableName: 'wrong', GlobalSecondaryIndexes: [index('byId', 'id'), index('byId', 'id')] } },
  { operation: 'CreateTable', input: { TableName: 'wrong' } },
  { operation: 'DescribeTimeToLive', input: { TableName: 'units' } },
  { operation: 'DescribeTimeToLive', input: { TableName: 'nowhere' } },
];

export const tableCalls: fc.Arbitrary<RandomCall> = fc.constantFrom(...CALLS);
