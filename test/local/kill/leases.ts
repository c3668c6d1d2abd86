import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { localAws } from '../../../client/aws.ts';

/** Whether a unit is still held under a lease; undefined while the machine is not there to say. */
export const anyLease = async (endpoint: string): Promise<boolean | undefined> => {
  const client = new DynamoDBClient({ ...localAws(endpoint), maxAttempts: 1 });
  try {
    const { Count = 0 } = await client.send(
      new QueryCommand({
        TableName: 'swoe-dev-resources',
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: 'LEASES' } },
        Select: 'COUNT',
      }),
    );
    return Count > 0;
  } catch {
    return undefined;
  } finally {
    client.destroy();
  }
};
