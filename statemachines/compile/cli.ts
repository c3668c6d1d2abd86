import { workflows } from '../../workflows/index.ts';
import { readAccess } from './access.ts';
import { type Complaint, checkAll, checkClauses } from './check/check.ts';
import { readClauses, readSchema } from './embed.ts';
import { drifted, orphans, write } from './output.ts';
import { outputsOf } from './outputs.ts';
import { checkVersions, published, readVersions, unpublished, writeVersions } from './versions.ts';

const say = ({ code, place, cause, mend }: Complaint): string => `${code} at ${place}: ${cause}. ${mend}.`;
const fail = (text: string): void => {
  console.error(text);
  process.exitCode = 1;
};

const root = new URL('../../', import.meta.url);
const texts = await readClauses(root);
const access = await readAccess(root);
const clauses = Object.keys(texts);
const versions = await readVersions(root);
const sound = [...checkClauses(texts, await readSchema(root)), ...checkAll(workflows, clauses)];
// A workflow that does not compile has no machine to compare.
const complaints = sound.length > 0 ? sound : checkVersions(workflows, versions);
const wants = (flag: string): boolean => process.argv.includes(flag);

const verify = async (): Promise<void> => {
  const outputs = outputsOf(workflows, texts, access);
  const stale = [...(await drifted(root, outputs)), ...(await orphans(root, outputs))];
  const open = unpublished(workflows, versions);
  if (stale.length > 0)
    fail(
      `What is committed is not what the workflows and guardrails say: ${stale.join(', ')}. Run npm run compile, delete what it no longer writes, and commit.`,
    );
  else if (open.length > 0 && wants('--published'))
    fail(
      `Not published, so they might still change under their version: ${open.join(', ')}. Run npm run compile -- --publish, and commit.`,
    );
  else
    console.log(
      `${outputs.length} files agree with ${workflows.length} workflow(s) and ${clauses.length} clauses; ${open.length} not published.`,
    );
};

const produce = async (): Promise<void> => {
  const outputs = outputsOf(workflows, texts, access);
  await write(root, outputs);
  console.log(`Wrote ${outputs.map(({ path }) => path).join(', ')}.`);
  if (!wants('--publish')) return;
  await writeVersions(root, published(workflows, versions));
  console.log(`Published ${unpublished(workflows, versions).join(', ') || 'nothing new'}.`);
};

if (complaints.length > 0) {
  for (const complaint of complaints) console.error(say(complaint));
  fail(`Nothing was written: ${complaints.length} complaint(s) above.`);
} else await (wants('--check') ? verify() : produce());
