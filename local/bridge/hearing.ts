import type { BusEntry } from '../../client/bus.ts';
import type { Source } from '../../shared/contracts/vocabulary.ts';
import { entriesOf, unreadable } from './heard.ts';
import type { Mapping } from './map.ts';

interface Deps {
  readonly source: Source;
  readonly type?: string | undefined;
  readonly map: Mapping;
  readonly onEntries: (entries: readonly BusEntry[]) => void;
}

const understood = async ({ source, type, map }: Deps, text: string): Promise<BusEntry[]> => {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return [unreadable(source, 'it is not JSON', text)];
  }
  try {
    const made = await map(message);
    return made === undefined ? [] : entriesOf(source, made, type);
  } catch (error) {
    return [unreadable(source, `the map fails on it: ${String((error as { message?: unknown }).message)}`, text)];
  }
};

/** Understands texts one after the other, so that what was said first is put first, however long a map takes. */
export const createHearing = (deps: Deps) => {
  let open = 0;
  let last: Promise<void> = Promise.resolve();
  return {
    hear: (text: string): void => {
      open += 1;
      last = last.then(async () => {
        const entries = await understood(deps, text);
        open -= 1;
        deps.onEntries(entries);
      });
    },
    /** Texts not yet understood. */
    open: () => open,
    /** Resolves when all that was heard until now is understood. */
    settled: () => last,
  };
};
