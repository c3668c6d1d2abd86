import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { workflows } from '../../workflows/index.ts';
import { whatItLacks } from './golden/exercises.ts';
import { fileOf, folder, Golden, goldenOf, NAMES, simulateAs, textOf } from './golden/golden.ts';

const MEND = 'What is committed is not what the workflow does: run npm run golden, read the difference, and commit it.';

const committed = async (name: string): Promise<string> => readFile(fileOf(name), 'utf8').catch(() => '');

describe.each(workflows.map((workflow) => [workflow.name, workflow] as const))('%s', (name, workflow) => {
  test('does what its golden runs say', async () => {
    const text = await committed(name);
    expect(text, `There is no ${name}.history.json: run npm run golden.`).not.toBe('');
    const { runs } = Golden.parse(JSON.parse(text));
    const assumed = Object.fromEntries(NAMES.map((run) => [run, runs[run].assumed])) as Parameters<typeof goldenOf>[1];
    expect(textOf(await goldenOf(workflow, assumed)), MEND).toBe(text);
  });

  test.each(NAMES)('its golden run "%s" shows what it is there for', async (run) => {
    const { runs } = Golden.parse(JSON.parse(await committed(name)));
    expect(whatItLacks[run](await simulateAs(workflow, runs[run].assumed))).toBeUndefined();
  });
});

test('golden runs are of workflows that are there', async () => {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.history.json'));
  expect(files.sort()).toEqual(workflows.map(({ name }) => `${name}.history.json`).sort());
});
