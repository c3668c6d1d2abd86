import { KEEP_MS } from './lifecycle.ts';
import { type table, ttl, type Write } from './table.ts';

const pk = (by: string): string => `CORRECTION#${by}`;
const ALL = 'ALL';

/** Who heard of a correction, by the key of the event that says it: a part of the executions' store. */
export const corrections = (executions: ReturnType<typeof table>) => ({
  /** The actions that are to hear of it, each with whether its subsystem was told; `closed` where no more are sought. */
  hearing: async (by: string): Promise<{ closed: boolean; actions: Map<string, boolean> }> => {
    const rows = await executions.under(pk(by));
    const actions = rows.filter(({ sk }) => sk !== ALL).map((row): [string, boolean] => [String(row['sk']), row['told'] === true]);
    return { closed: actions.length < rows.length, actions: new Map(actions) };
  },

  /** Once per correction and action. */
  toHear: (by: string, actionId: string, now: number): Write => executions.putNew({ pk: pk(by), sk: actionId, ttl: ttl(now + KEEP_MS) }),
  heard: (by: string, actionId: string): Write => executions.change(pk(by), actionId, { told: true }, {}),

  /** Everyone was sought who is to hear of it. */
  closeHearing: (by: string, now: number): Write => executions.putNew({ pk: pk(by), sk: ALL, ttl: ttl(now + KEEP_MS) }),
  isHeard: async (by: string): Promise<boolean> => (await executions.get(pk(by), ALL)) !== undefined,
});
