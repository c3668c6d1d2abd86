import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { readAccess } from '../../../statemachines/compile/access.ts';
import { readClauses } from '../../../statemachines/compile/embed.ts';
import { drifted, orphans, write } from '../../../statemachines/compile/output.ts';
import { outputsOf } from '../../../statemachines/compile/outputs.ts';
import { workflows } from '../../../workflows/index.ts';

const root = new URL('../../../', import.meta.url);

it('what is committed is what the workflows and guardrails say', async () => {
  const texts = await readClauses(root);
  const outputs = outputsOf(workflows, texts, await readAccess(root));
  expect(await drifted(root, outputs)).toEqual([]);
  expect(await orphans(root, outputs)).toEqual([]);
  expect(await orphans(root, outputs.slice(0, -1))).toEqual(['docs/workflows/README.md']);
});

it('a file that was changed by hand, or never written, is drift', async () => {
  const there = pathToFileURL(`${await mkdtemp(`${tmpdir()}/swoe-`)}/`);
  const [a, b, c] = ['a', 'b', 'c'].map((name) => ({ path: `made/${name}.json`, text: name })) as [Output, Output, Output];
  await write(there, [a, b]);
  await write(there, [{ ...b, text: 'by hand' }]);
  expect(await drifted(there, [a, b, c])).toEqual(['made/b.json', 'made/c.json']);
});

type Output = { path: string; text: string };
