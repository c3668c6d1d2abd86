import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { close, listen } from '../../../local/kernel/listen.ts';
import { diceOf } from '../../simulation/scenario.ts';
import { openBus } from './bus.ts';
import { begin, bundleStart, type Place } from './child.ts';
import { openCommander } from './commander.ts';
import { populate, startLoad } from './load.ts';
import { type Moment, momentOf, wait } from './moments.ts';
import { openSubsystems } from './subsystems.ts';
import { settle, verify } from './verify.ts';

/** Kills the machine at random moments of a mixed load, again and again, and then asks whether anything was lost or done twice. */
const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '20' },
    seed: { type: 'string', default: String(Date.now()) },
    gunfire: { type: 'string', default: '1' },
    'compact-at': { type: 'string', default: '4000000' },
    'settle-s': { type: 'string', default: '600' },
    keep: { type: 'boolean', default: false },
  },
});

const FAST = 20;
/** As long as an undisturbed machine gets before its clock runs faster, so that whatever waits for a deadline meets it. */
const AT_LIFE_SPEED_MS = 45_000;

const freePort = async (): Promise<number> => {
  const probe = createServer();
  const port = await listen(probe, 0, 'the kill test', '');
  await close(probe);
  return port;
};

const began = Date.now();
const say = (text: string): void => console.log(`${((Date.now() - began) / 1000).toFixed(0).padStart(5)} s  ${text}`);

const run = async (): Promise<number> => {
  const times = Number(values.times);
  const dice = diceOf(`kill ${values.seed}`);
  const entry = await bundleStart();
  const data = join(mkdtempSync(join(tmpdir(), 'swoe-kill-')), 'data');
  const place: Place = { entry, data, port: await freePort(), awsPort: await freePort(), compactAt: Number(values['compact-at']) };
  const endpoint = `http://127.0.0.1:${place.awsPort}`;
  let fastSince: number | undefined;
  const now = (): number => Date.now() + (fastSince === undefined ? 0 : (Date.now() - fastSince) * (FAST - 1));
  say(`seed ${values.seed}, ${times} kills, data in ${data}`);

  const bus = openBus(endpoint, now);
  const city = openSubsystems(endpoint, bus, diceOf(`${values.seed}/city`), now);
  const commander = openCommander(`http://127.0.0.1:${place.port}`, data, diceOf(`${values.seed}/commander`), now);
  const killed: Record<Moment, number> = { start: 0, load: 0, compaction: 0, idle: 0 };
  const refusals: string[] = [];
  const starts: number[] = [];

  let life = begin(place);
  if (!(await life.ready)) throw new Error(life.complaint());
  await populate(bus);
  let load = startLoad(diceOf(`${values.seed}/load 0`), bus, Number(values.gunfire));
  for (let kill = 1; kill <= times && refusals.length === 0; kill += 1) {
    const moment = momentOf(dice);
    if (moment === 'idle') load.stop();
    if (!(await wait(moment, life, data, dice))) refusals.push(life.complaint());
    await life.kill();
    killed[moment] += 1;
    if (moment === 'idle') load = startLoad(diceOf(`${values.seed}/load ${kill}`), bus, Number(values.gunfire));
    const from = Date.now();
    life = begin(place);
    void life.ready.then((up) => up && starts.push(Date.now() - from));
    if (kill % 10 === 0) say(`${kill} kills; ${bus.puts.length} events, ${city.effects.size} actions`);
  }
  load.stop();

  if (!(await life.ready)) refusals.push(life.complaint());
  say('let alone from now on');
  let ledger = await settle(commander, city, bus, AT_LIFE_SPEED_MS);
  await life.stop();
  life = begin(place, ['--speed', String(FAST)]);
  if (!(await life.ready)) refusals.push(life.complaint());
  fastSince = Date.now();
  ledger = (await settle(commander, city, bus, Number(values['settle-s']) * 1000)) ?? ledger;
  await pause(3000);
  await life.stop();
  commander.stop();
  city.stop();
  bus.close();

  const { seen, violations } = await verify(data, { city, puts: bus.puts, skewMs: 5000 });
  const sorted = starts.sort((a, b) => a - b);
  const files = existsSync(data) ? readdirSync(data).filter((name) => /^(log|snapshot)-/.test(name)) : [];
  say(`killed ${JSON.stringify(killed)}; a start took ${sorted[sorted.length >> 1]} ms in the middle, ${sorted.at(-1)} ms at most`);
  say(
    `${bus.puts.length} events put, ${bus.puts.filter(({ tries }) => tries > 1).length} of them more than once; ${seen.executions.length} executions, ${city.effects.size} actions`,
  );
  say(`ledger ${JSON.stringify(ledger)}`);
  say(`${seen.journal.length} entries in the journal; ${files.join(', ')}`);
  for (const refusal of refusals) say(`REFUSED: ${refusal}`);
  for (const { invariant, says } of violations.slice(0, 40)) say(`${invariant}: ${says}`);
  say(
    refusals.length + violations.length === 0
      ? 'Nothing was lost, and nothing was done twice.'
      : `${refusals.length} refusals, ${violations.length} violations`,
  );
  rmSync(dirname(entry), { recursive: true, force: true });
  if (!values.keep && refusals.length + violations.length === 0) rmSync(dirname(data), { recursive: true, force: true });
  return refusals.length + violations.length === 0 ? 0 : 1;
};

process.exit(await run());
