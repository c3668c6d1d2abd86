import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { JointOperation } from '../contracts/joint.ts';
import { type Item, type Paged, table, type Write } from './table.ts';

/** Operations that have not ended stand in one short list, so that whoever judges by them reads them all at once; ended ones in another. */
const STANDING = 'STANDING';
const ENDED = 'ENDED';

const toOperation = (item: Item): JointOperation => JointOperation.parse(item);

/** Joint operations, each in one item. */
export const jointStore = (client: DynamoDBDocumentClient, name: string) => {
  const operations = table(client, name);
  return {
    /** All that have not ended, strongly consistent: whoever takes a part no more is let into nothing at once. */
    standing: async (): Promise<JointOperation[]> => (await operations.under(STANDING)).map(toOperation),

    get: async (id: string): Promise<JointOperation | undefined> => {
      const [item] = await operations.batchGet([
        { pk: STANDING, sk: id },
        { pk: ENDED, sk: id },
      ]);
      return item && toOperation(item);
    },

    ended: async (page: { limit: number; cursor?: string | undefined }): Promise<Paged<JointOperation>> => {
      const { items, next } = await operations.page(ENDED, page);
      return { items: items.map(toOperation), next };
    },

    declare: (operation: JointOperation): Write => operations.putNew({ pk: STANDING, sk: operation.id, ...operation }),

    /** The next state of an operation, in place of the one that was read and of no other. */
    move: (was: JointOperation, now: JointOperation): Write[] => {
      const be = { revision: [was.revision] };
      if (!now.ended) return [operations.putOver({ pk: STANDING, sk: was.id, ...now }, be)];
      return [operations.removeAs(STANDING, was.id, be), operations.putNew({ pk: ENDED, sk: was.id, ...now })];
    },

    /** Holds a transaction to it that the operation stands as it was read. */
    stands: ({ id, revision }: JointOperation): Write => operations.check(STANDING, id, { revision: [revision] }),
  };
};

export type JointStore = ReturnType<typeof jointStore>;
