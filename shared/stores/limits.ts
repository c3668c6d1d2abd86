import type { RunLimit } from '../contracts/kernel.ts';
import type { Lane } from '../domain/kernel/limits.ts';
import type { Item, table, Write } from './table.ts';

const PLACE = 'PLACE#';
const WAIT = 'WAIT#';
const pkOf = ({ of, name }: RunLimit): string => `LIMIT#${of}#${name}`;
/** Everything that is kept of one run stands there: what of it waits, and which places it holds. */
export const markPk = (executionId: string): string => `WAITS#${executionId}`;
/** No step has such a name. */
const markSk = (limit: RunLimit, kind: string): string => `#${kind}${pkOf(limit)}`;

/**
 * The places of limits: the part of the kernel's store that is about how many runs may be under way. A place is a row with a number below the
 * limit, put where there is none, so there are never more; and each has a mark with its run, so that whoever ends a run finds all it holds.
 */
export const limitRows = (kernel: ReturnType<typeof table>) => {
  const enter = (limit: RunLimit, sk: string, kind: string, executionId: string): Write[] => [
    kernel.putNew({ pk: pkOf(limit), sk, executionId }),
    kernel.put({ pk: markPk(executionId), sk: markSk(limit, kind), lanePk: pkOf(limit), laneSk: sk }),
  ];

  return {
    lane: async (limit: RunLimit): Promise<Lane> => {
      const rows = await kernel.under(pkOf(limit));
      const under = (prefix: string): [string, string][] =>
        rows
          .map(({ sk, executionId }): [string, string] => [String(sk), String(executionId)])
          .filter(([sk]) => sk.startsWith(prefix))
          .map(([sk, id]) => [sk.slice(prefix.length), id]);
      return { holders: new Map(under(PLACE).map(([place, id]) => [Number(place), id])), waiting: under(WAIT).map(([, id]) => id) };
    },

    /** Takes a place, if nobody was faster. */
    takePlace: (limit: RunLimit, place: number, executionId: string): Write[] =>
      enter(limit, `${PLACE}${String(place).padStart(5, '0')}`, PLACE, executionId),

    /** Waits for a place, so that who comes later does not go before. */
    waitFor: (limit: RunLimit, executionId: string): Write[] => enter(limit, `${WAIT}${executionId}`, WAIT, executionId),

    /** Waits for it no longer. */
    waitNoMore: (limit: RunLimit, executionId: string): Write[] => [
      kernel.remove(pkOf(limit), `${WAIT}${executionId}`),
      kernel.remove(markPk(executionId), markSk(limit, WAIT)),
    ],

    /** Whether anybody waits for a place in one of these limits. */
    isAwaited: async (lanePks: readonly string[]): Promise<boolean> => {
      for (const pk of lanePks) if ((await kernel.between(pk, WAIT, `${WAIT}\uffff`, 1)).length > 0) return true;
      return false;
    },
  };
};

/** The limit in which a mark stands for a place that is held, where it does. */
export const heldIn = ({ lanePk, laneSk }: Item): string | undefined => (String(laneSk).startsWith(PLACE) ? String(lanePk) : undefined);
