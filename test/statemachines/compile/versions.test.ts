import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { machineText } from '../../../statemachines/compile/outputs.ts';
import { checkVersions, published, readVersions, unpublished, writeVersions } from '../../../statemachines/compile/versions.ts';
import { workflows } from '../../../workflows/index.ts';
import { aStep, aWorkflow } from './samples.ts';

const first = aWorkflow([aStep('look')]);
const changed = aWorkflow([aStep('look', { within: 31 })]);

it('a version that nobody published may change', () => {
  expect([checkVersions([first], {}), checkVersions([changed], {}), unpublished([first], {})]).toEqual([[], [], ['sample 1']]);
});

it('the machine of a published version never changes: the mend is the next version', () => {
  const versions = published([first], {});
  expect([checkVersions([first], versions), unpublished([first], versions)]).toEqual([[], []]);
  const [complaint, ...more] = checkVersions([changed], versions);
  expect([complaint, more]).toEqual([
    expect.objectContaining({ code: 'VERSION_IS_PUBLISHED', place: 'sample.version', mend: 'Make it version 2' }),
    [],
  ]);
  const next = { ...changed, version: 2 };
  expect([checkVersions([next], versions), unpublished([next], versions)]).toEqual([[], ['sample 2']]);
  expect(checkVersions([{ ...changed, version: 1 }], published([next], versions))[0]?.mend).toBe('Make it version 3');
});

it('publishing adds to the record and changes nothing in it, not even by another machine', () => {
  const versions = published([first], {});
  expect(published([changed], versions)).toEqual(versions);
  const both = published([{ ...changed, version: 2 }], versions);
  expect([Object.keys(both['sample'] ?? {}), both['sample']?.['1']]).toEqual([['1', '2'], versions['sample']?.['1']]);
  expect(published([], both)).toEqual(both);
});

it('what is recorded is the hash of the file that is deployed', async () => {
  const root = pathToFileURL(`${await mkdtemp(`${tmpdir()}/swoe-`)}/`);
  expect(await readVersions(root)).toEqual({});
  await mkdir(new URL('statemachines/compiled/', root), { recursive: true });
  await writeVersions(root, published([first], {}));
  const hash = createHash('sha256').update(machineText(first)).digest('hex');
  expect(await readVersions(root)).toEqual({ sample: { 1: hash } });
  const file = new URL('statemachines/compiled/versions.json', root);
  await writeFile(file, (await readFile(file, 'utf8')).replace(hash, 'by hand'));
  await expect(readVersions(root)).rejects.toThrow();
});

it('no workflow differs from what was published under its version', async () => {
  expect(checkVersions(workflows, await readVersions(new URL('../../../', import.meta.url)))).toEqual([]);
});
