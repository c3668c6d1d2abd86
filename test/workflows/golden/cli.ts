import { readdir, rm, writeFile } from 'node:fs/promises';
import { workflows } from '../../../workflows/index.ts';
import { chosenFor } from './choose.ts';
import { fileOf, folder, goldenOf, textOf } from './golden.ts';

/** Writes the golden runs of every workflow, and takes away those of workflows that are no more. */
const wanted = new Set(workflows.map(({ name }) => `${name}.history.json`));
for (const file of await readdir(folder)) if (file.endsWith('.history.json') && !wanted.has(file)) await rm(new URL(file, folder));
for (const workflow of workflows) {
  await writeFile(fileOf(workflow.name), textOf(await goldenOf(workflow, await chosenFor(workflow))));
  console.log(`Wrote ${workflow.name}.history.json.`);
}
