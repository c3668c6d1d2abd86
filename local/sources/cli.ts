import { sources } from '../../shared/sources/index.ts';
import { drifted, write } from '../../statemachines/compile/output.ts';
import { page } from './page.ts';

/** `npm run sources` writes docs/sources.md; with `-- --check` it says whether what is committed is that. */

const root = new URL('../../', import.meta.url);
const outputs = [{ path: 'docs/sources.md', text: page(sources) }];

if (process.argv.includes('--check')) {
  const stale = await drifted(root, outputs);
  if (stale.length > 0) {
    console.error(`${stale.join(', ')} is not what shared/sources says. Run npm run sources and commit.`);
    process.exitCode = 1;
  } else console.log('docs/sources.md agrees with shared/sources.');
} else {
  await write(root, outputs);
  console.log('Wrote docs/sources.md.');
}
