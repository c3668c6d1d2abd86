import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { synthesise } from '../infra/synth.ts';
import { scenarios } from '../local/city/scenarios/index.ts';
import { crowd } from '../test/support/crowd.ts';
import { systemOn } from '../test/support/system.ts';
import { town } from '../test/support/town.ts';

/** `npm run crowd -- --executions 1000`: so many responses at once over all workflows, in the whole local system with its simulated city. Exits 1 where one does not end, or a unit stays held. */
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

const { values } = parseArgs({
  options: {
    executions: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    failures: { type: 'string', default: '0.02' },
  },
});
const PATIENCE_MS = 24 * 3600 * 1000;

const folder = mkdtempSync(join(tmpdir(), 'swoe-crowd-'));
try {
  await synthesise({ outdir: folder, validate: false });
  const began = performance.now();
  const running = await systemOn(folder, { city: true, seed: Number(values.seed) });
  const stage = await town(running, { failureRate: Number(values.failures) });
  const { ended, started, stillRunning, held, seconds } = await crowd(running, stage, scenarios, Number(values.executions), PATIENCE_MS);
  console.table(ended);
  const ends = Object.values(ended)
    .flatMap((row) => Object.values(row))
    .reduce((sum, one) => sum + one, 0);
  const ledger = await running.status();
  console.log(
    `${started} started, ${ends} ended, ${stillRunning} still running, ${held.length} units held, ${ledger.deadLettered} dead letters`,
  );
  console.log(`${seconds.toFixed(0)} s of the city in ${((performance.now() - began) / 1000).toFixed(0)} s`);
  await stage.stop();
  running.stop();
  process.exitCode = stillRunning > 0 || held.length > 0 || started !== ends || started < Number(values.executions) ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit();
