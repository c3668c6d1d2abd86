import { workflows } from '../../workflows/index.ts';
import { type Complaint, checkAll, checkClauses } from './check/check.ts';
import { embedded, readClauses, readSchema } from './embed.ts';
import { guardrailsPage } from './guardrails-page.ts';
import { drifted, orphans, write } from './output.ts';
import { outputsOf } from './outputs.ts';

const say = ({ code, place, cause, mend }: Complaint): string => `${code} at ${place}: ${cause}. ${mend}.`;

const root = new URL('../../', import.meta.url);
const texts = await readClauses(root);
const clauses = Object.keys(texts);
const complaints = [...checkClauses(texts, await readSchema(root)), ...checkAll(workflows, clauses)];
for (const complaint of complaints) console.error(say(complaint));

// A clause that does not parse has no row.
const outputs = complaints.length > 0 ? [] : [embedded(texts), guardrailsPage(texts), ...workflows.flatMap(outputsOf)];
if (complaints.length > 0) {
  console.error(`Nothing was written: ${complaints.length} complaint(s) above.`);
  process.exitCode = 1;
} else if (process.argv.includes('--check')) {
  const stale = [...(await drifted(root, outputs)), ...(await orphans(root, outputs))];
  if (stale.length > 0) {
    console.error(
      `What is committed is not what the workflows and guardrails say: ${stale.join(', ')}. Run npm run compile, delete what it no longer writes, and commit.`,
    );
    process.exitCode = 1;
  } else console.log(`${outputs.length} files agree with ${workflows.length} workflow(s) and ${clauses.length} clauses.`);
} else {
  await write(root, outputs);
  console.log(`Wrote ${outputs.map(({ path }) => path).join(', ')}.`);
}
