import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { close, listen } from '../../../local/kernel/listen.ts';
import type { Ledger } from '../../../shared/contracts/ledger.ts';
import { diceOf } from '../../simulation/scenario.ts';
import { type Bus, openBus } from './bus.ts';
import { begin, bundleStart, type Life, type Place } from './child.ts';
import { type Commander, openCommander } from './commander.ts';
import { anyLease } from './leases.ts';
import { populate, startLoad } from './load.ts';
import { type Moment, momentOf, wait } from './moments.ts';
import { settle } from './settle.ts';
import { openSubsystems, type Subsystems } from './subsystems.ts';

export interface PlayOptions {
  readonly times: number;
  readonly seed: string;
  /** Shots a second; calls are ten times as many. */
  readonly gunfire: number;
  readonly compactAt: number;
  readonly settleMs: number;
  readonly say: (text: string) => void;
}

/** Everything that outlives the machine: the city, its people, and the record of what became of it. */
export interface Play {
  readonly options: PlayOptions;
  readonly place: Place;
  readonly bus: Bus;
  readonly city: Subsystems;
  readonly commander: Commander;
  readonly killed: Record<Moment, number>;
  /** Why the machine went by itself. */
  readonly refusals: string[];
  /** How long starts took (ms). */
  readonly starts: number[];
  /** From here on the machine's clock runs faster, and the city's with it. */
  hurry(): void;
}

const FAST = 20;
/** As long as the machine gets before its clock runs faster, so that whatever waits for a deadline meets it. */
const AT_LIFE_SPEED_MS = 120_000;
const AFTERGLOW_MS = 3000;

const freePort = async (): Promise<number> => {
  const probe = createServer();
  const port = await listen(probe, 0, 'the kill test', '');
  await close(probe);
  return port;
};

export const open = async (options: PlayOptions): Promise<Play> => {
  const { seed, compactAt } = options;
  const data = join(mkdtempSync(join(tmpdir(), 'swoe-kill-')), 'data');
  const place: Place = { entry: await bundleStart(), data, port: await freePort(), awsPort: await freePort(), compactAt };
  const endpoint = `http://127.0.0.1:${place.awsPort}`;
  let fastSince: number | undefined;
  const now = (): number => Date.now() + (fastSince === undefined ? 0 : (Date.now() - fastSince) * (FAST - 1));
  const bus = openBus(endpoint, now);
  return {
    options,
    place,
    bus,
    city: openSubsystems(endpoint, bus, diceOf(`${seed}/city`), now),
    commander: openCommander(`http://127.0.0.1:${place.port}`, data, diceOf(`${seed}/commander`), now),
    killed: { start: 0, load: 0, compaction: 0, idle: 0 },
    refusals: [],
    starts: [],
    hurry: () => {
      fastSince = Date.now();
    },
  };
};

/** Starts the machine once more, and notes how long that takes. */
const again = ({ place, starts }: Play): Life => {
  const from = Date.now();
  const life = begin(place);
  void life.ready.then((up) => up && starts.push(Date.now() - from));
  return life;
};

const mustBeUp = async ({ refusals }: Play, life: Life): Promise<void> => {
  if (!(await life.ready)) refusals.push(life.complaint());
};

/** The kills. Answers the life after the last one. */
export const evening = async (play: Play): Promise<Life> => {
  const { options, place, bus, city, killed, refusals } = play;
  const { times, seed, gunfire, say } = options;
  const dice = diceOf(`kill ${seed}`);
  const load = (kill: number) => startLoad(diceOf(`${seed}/load ${kill}`), bus, gunfire);
  let life = again(play);
  await mustBeUp(play, life);
  await populate(bus);
  let busy = load(0);
  for (let kill = 1; kill <= times && refusals.length === 0; kill += 1) {
    const moment = momentOf(dice);
    if (moment === 'idle') busy.stop();
    if (!(await wait(moment, life, place.data, bus, dice))) refusals.push(life.complaint());
    await life.kill();
    killed[moment] += 1;
    if (moment === 'idle') busy = load(kill);
    life = again(play);
    if (kill % 10 === 0) say(`${kill} kills; ${bus.puts.length} events, ${city.effects.size} actions`);
  }
  busy.stop();
  return life;
};

/** Lets the machine alone until everything has ended; answers what its ledger says then. */
export const afterwards = async (play: Play, last: Life): Promise<Ledger | undefined> => {
  const { options, place, bus, city, commander, hurry } = play;
  const noLease = async (): Promise<boolean> => (await anyLease(`http://127.0.0.1:${place.awsPort}`)) === false;
  await mustBeUp(play, last);
  options.say('let alone from now on');
  const slowly = await settle(play, AT_LIFE_SPEED_MS);
  await last.stop();
  const life = begin(place, ['--speed', String(FAST)]);
  await mustBeUp(play, life);
  hurry();
  const ledger = await settle(play, options.settleMs, noLease);
  await pause(AFTERGLOW_MS);
  await life.stop();
  commander.stop();
  city.stop();
  bus.close();
  return ledger ?? slowly;
};
