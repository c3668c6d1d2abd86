import { type Bus, openBus } from '../client/bus.ts';
import { pause } from '../client/pause.ts';
import type { Rest } from '../client/rest.ts';
import type { Scheduler } from '../kernel/scheduler.ts';
import { latencyLine, measure } from './latency.ts';
import { complaints, lines, type Told } from './ledger.ts';
import { load } from './load.ts';
import type { Speed } from './pace.ts';
import { play } from './play.ts';
import { progress } from './progress.ts';
import type { Unreadable } from './record.ts';
import { settle } from './settle.ts';

export interface ReplayOptions {
  readonly file: string;
  readonly speed: Speed;
  readonly limit?: number | undefined;
  readonly endpoint: string;
  readonly rest: Rest;
  readonly scheduler: Scheduler;
  readonly out: { readonly isTTY?: boolean | undefined };
  readonly line: (text: string) => void;
  readonly patienceMs?: number;
  readonly bus?: Bus;
}

const PATIENCE_MS = 30_000;
const SHOWN = 5;

const tellUnreadable = (all: readonly Unreadable[], line: (text: string) => void): void => {
  for (const { line: at, why } of all.slice(0, SHOWN)) line(`line ${at} was not replayed: ${why}`);
  if (all.length > SHOWN) line(`… and ${all.length - SHOWN} more lines`);
};

/** Plays a file, waits for its outcomes and tells the ledger. Answers whether all of it is accounted for. */
export const replay = async (options: ReplayOptions): Promise<boolean> => {
  const { file, speed, limit, endpoint, rest, scheduler, out, line } = options;
  const { format, records, unreadable } = load(file, limit);
  line(`${file}: ${records.length} records (${format}), speed ${speed === 'max' ? 'max' : `×${speed}`}`);
  tellUnreadable(unreadable, line);
  const ledgerNow = async (): Promise<Told> => {
    const { ledger, failedToStart } = await rest.get<{ ledger: Told; failedToStart?: number }>('/status');
    return failedToStart === undefined ? ledger : { ...ledger, failedToStart };
  };
  const before = await ledgerNow();
  const since = scheduler.now();

  const bus = options.bus ?? openBus(endpoint, pause(scheduler));
  const bar = progress(records.length, out, line);
  const played = await play(records, { bus, scheduler, speed, onProgress: bar.set });
  bar.stop();
  bus.close();
  line(`${played.put} records taken by the bus in ${(played.tookMs / 1000).toFixed(1)} s`);
  for (const { entry, code, message } of played.refused.slice(0, SHOWN))
    line(`refused by the bus: ${entry.type} of ${entry.source}: ${code} ${message}`);

  let told = '';
  const onWait = (text: string): void => {
    if (text !== told) line(text);
    told = text;
  };
  const ledger = await settle(before, played.put, { ledgerNow, scheduler, onWait, patienceMs: options.patienceMs ?? PATIENCE_MS });
  for (const text of lines(ledger, played.put)) line(text);
  line(latencyLine(await measure(rest, since)));

  const wrong = [
    ...complaints(ledger, played.put),
    ...(played.refused.length > 0 ? [`the bus refused ${played.refused.length} of ${records.length} records`] : []),
    ...(unreadable.length > 0 ? [`${unreadable.length} lines of the file were not readable`] : []),
  ];
  for (const text of wrong) line(`The ledger does not close: ${text}.`);
  if (wrong.length === 0) line('The ledger closes.');
  return wrong.length === 0;
};
