import { type Bus, openBus } from '../../client/bus.ts';
import type { Rest } from '../../client/rest.ts';
import type { Scheduler } from '../kernel/scheduler.ts';
import { pause } from '../tools/pause.ts';
import { latencyLine, measure } from './latency.ts';
import { complaints, lines, type Told } from './ledger.ts';
import { load } from './load.ts';
import type { Speed } from './pace.ts';
import { play } from './play.ts';
import { progress } from './progress.ts';
import type { Unreadable } from './record.ts';
import { settle } from './settle.ts';
import { unseen, witness } from './witness.ts';

export interface ReplayOptions {
  readonly file: string;
  readonly speed: Speed;
  readonly limit?: number | undefined;
  readonly endpoint: string;
  readonly rest: Rest;
  readonly scheduler: Scheduler;
  readonly out: { readonly isTTY?: boolean | undefined };
  readonly line: (text: string) => void;
  /** Shows a text in place, where there is a terminal. */
  readonly status: (text: string) => void;
  readonly patienceMs?: number;
  readonly bus?: Bus;
}

const PATIENCE_MS = 30_000;
const SHOWN = 5;
const TELL_EVERY_MS = 5000;

const tellUnreadable = (all: readonly Unreadable[], line: (text: string) => void): void => {
  for (const { line: at, why } of all.slice(0, SHOWN)) line(`line ${at} was not replayed: ${why}`);
  if (all.length > SHOWN) line(`… and ${all.length - SHOWN} more lines`);
};

/** Says what is waited for: in place on a terminal, every few seconds as a line elsewhere. */
const teller = ({ out, scheduler, line, status }: ReplayOptions): ((text: string) => void) => {
  let toldAt = Number.NEGATIVE_INFINITY;
  return (text) => {
    if (out.isTTY) return status(text);
    if (scheduler.now() - toldAt < TELL_EVERY_MS) return;
    toldAt = scheduler.now();
    line(text);
  };
};

/** Plays a file, waits for its outcomes and tells the ledger. Answers whether all of it is accounted for. */
export const replay = async (options: ReplayOptions): Promise<boolean> => {
  const { file, speed, limit, endpoint, rest, scheduler, out, line } = options;
  const { format, records, unreadable } = load(file, limit);
  line(`${file}: ${records.length} records (${format}), speed ${speed === 'max' ? 'max' : `×${speed}`}`);
  tellUnreadable(unreadable, line);
  const ledgerNow = async (): Promise<Told> => {
    const { ledger, failedToStart } = await rest.ask('getStatus');
    return { ...ledger, failedToStart };
  };
  const before = await ledgerNow();
  const since = scheduler.now();

  const bus = options.bus ?? openBus(endpoint, { wait: pause(scheduler) });
  const bar = progress(records.length, out, line);
  const played = await play(records, { bus, scheduler, speed, onProgress: bar.set });
  bar.stop();
  bus.close();
  line(`${played.put} records taken by the bus in ${(played.tookMs / 1000).toFixed(1)} s`);
  for (const { entry, code, message } of played.refused.slice(0, SHOWN))
    line(`refused by the bus: ${entry.type} of ${entry.source}: ${code} ${message}`);

  const onWait = teller(options);
  const ledger = await settle(before, played.put, { ledgerNow, scheduler, onWait, patienceMs: options.patienceMs ?? PATIENCE_MS });
  const seen = await witness(rest, records, played.put, since, pause(scheduler));
  for (const text of lines(ledger, played.put)) line(text);
  line(
    seen.cut
      ? 'the journal is too long to look for each record in it'
      : `in the journal  ${seen.accepted} of this file's records, by their ids`,
  );
  line(latencyLine(await measure(rest, since, pause(scheduler), onWait)));

  const wrong = [
    ...complaints(ledger, played.put),
    ...[unseen(seen, played.put) ?? []].flat(),
    ...(played.refused.length > 0 ? [`the bus refused ${played.refused.length} of ${records.length} records`] : []),
    ...(unreadable.length > 0 ? [`${unreadable.length} lines of the file were not readable`] : []),
  ];
  for (const text of wrong) line(`The ledger does not close: ${text}.`);
  if (wrong.length === 0) line('The ledger closes.');
  return wrong.length === 0;
};
