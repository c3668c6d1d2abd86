import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { LineAnswer, Waiter } from '../contracts/resource-waiting.ts';
import { table, type Write } from './table.ts';

const LINE = 'LINE';
const ANSWERS = 'LINE_ANSWERS';

/**
 * The line for units, in its order, and what those who left it are still to be told. There is one for all types: a bundle waits for several at
 * once, and whoever is to be given something finds everybody before them in one read.
 */
export const line = (client: DynamoDBDocumentClient, name: string) => {
  const resources = table(client, name);
  return {
    line: async (): Promise<Waiter[]> => (await resources.under(LINE)).map((item) => Waiter.parse(item)),

    /** Takes a place; who stands there already keeps it, with the newer token. */
    stand: (waiter: Waiter, before?: Waiter): Write => {
      const item = { ...waiter, pk: LINE, sk: waiter.place };
      return before ? resources.putOver(item, { token: [before.token] }) : resources.putNew(item);
    },

    /** Leaves it, if it still stands there with this token; a machine that waits for it is to be told. */
    leave: ({ place, token }: Waiter, answer?: Pick<LineAnswer, 'short'>): Write[] => [
      resources.removeAs(LINE, place, { place: [place], token: [token] }),
      ...(answer && token !== undefined ? [resources.put({ pk: ANSWERS, sk: place, place, token, ...answer })] : []),
    ],

    answers: async (): Promise<LineAnswer[]> => (await resources.under(ANSWERS)).map((item) => LineAnswer.parse(item)),
    answered: ({ place }: Pick<LineAnswer, 'place'>): Write => resources.remove(ANSWERS, place),
  };
};
