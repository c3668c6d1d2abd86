import { buses } from './buses.ts';
import { executions } from './executions.ts';
import { log } from './log.ts';
import { deadLetters, queues } from './queues.ts';
import { tables } from './tables.ts';
import type { Show, View } from './view.ts';

const holdsAny = ({ visible, inFlight, delayed }: Readonly<Record<string, unknown>>): boolean =>
  Number(visible) + Number(inFlight) + Number(delayed) > 0;

const countBy = (rows: View['rows'], key: string): View['rows'] => {
  const counts = new Map<unknown, number>();
  for (const row of rows) counts.set(row[key], (counts.get(row[key]) ?? 0) + 1);
  return [...counts].map(([value, count]) => ({ [key]: value, count }));
};

const byStatus = (view: View): View => ({ ...view, rows: countBy(view.rows, 'status') });
const byReason = (view: View): View => ({ ...view, rows: countBy(view.rows, 'reason') });
const holding = (view: View): View => ({ ...view, title: 'Queues that hold messages', rows: view.rows.filter(holdsAny), none: 'none' });

/** One screen: how much there is of everything. */
export const summary: Show = async (look, name) => [
  ...(await log(look, name)).slice(0, 1),
  ...(await tables(look, name)),
  ...(await queues(look, name)).map(holding),
  ...(await deadLetters(look, name)).map(byReason),
  ...(await executions(look, name)).map(byStatus),
  ...(await buses(look, name)),
];
