import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { afterwards, evening, open } from './play.ts';
import { report } from './report.ts';

/** The SDK's advice about Node 22 would stand in the middle of the report. */
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

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

const began = Date.now();
const say = (text: string): void => console.log(`${((Date.now() - began) / 1000).toFixed(0).padStart(5)} s  ${text}`);

const run = async (): Promise<number> => {
  const play = await open({
    times: Number(values.times),
    seed: values.seed,
    gunfire: Number(values.gunfire),
    compactAt: Number(values['compact-at']),
    settleMs: Number(values['settle-s']) * 1000,
    say,
  });
  say(`seed ${values.seed}, ${values.times} kills, data in ${play.place.data}`);
  const ledger = await afterwards(play, await evening(play));
  const wrong = await report(play, ledger);
  rmSync(dirname(play.place.entry), { recursive: true, force: true });
  if (!values.keep && wrong === 0) rmSync(dirname(play.place.data), { recursive: true, force: true });
  return wrong === 0 ? 0 : 1;
};

process.exit(await run());
