import { expect, it } from 'vitest';
import { page } from '../../../local/sources/page.ts';
import { Source } from '../../../shared/contracts/vocabulary.ts';
import { sources } from '../../../shared/sources/index.ts';
import { drifted } from '../../../statemachines/compile/output.ts';

const root = new URL('../../../', import.meta.url);
const text = page(sources);

it('what is committed is what the sources say: npm run sources writes it', async () => {
  expect(await drifted(root, [{ path: 'docs/sources.md', text }])).toEqual([]);
});

it('the page has a section for each source and an example for each type', () => {
  expect(text.match(/^## `\w+`/gm)).toHaveLength(Source.options.length);
  for (const source of Source.options)
    for (const type of Object.keys(sources[source].types ?? {})) expect(text).toContain(`"source":"${source}","type":"${type}"`);
});

it('every table has its columns', () => {
  const rows = text.split('\n').filter((line) => line.startsWith('|'));
  const columns = (line: string): number => line.replaceAll('\\|', '').split('|').length;
  for (const [at, line] of rows.entries()) if (/^\|( --- \|)+$/.test(line)) expect(columns(rows[at - 1] ?? '')).toBe(columns(line));
});

it.each([
  ['who may state facts, from the kinds themselves', '| states facts of | `deconfliction` `vehicle-confirmation` |'],
  ['who may state none', '| states facts of | no kind |'],
  ['what events attest', '| its events attest | `exigency` |'],
  ['a format', '`CloudEvents 1.0` `suricata-eve`'],
  ['a number with its range', '`severity: number 1 to 5`'],
  ['a field that may be left out', '`batteryPct?: number 0 to 100`'],
  ['a list of words', 'dark \\| flashing \\| stuck'],
  ['repeats', '| repeats | of one observation within 5 s are one |'],
])('it says %s', (_, said) => {
  expect(text).toContain(said);
});

it('a source that speaks what no format is called is a mistake of its author', () => {
  expect(() => page({ ...sources, dispatch: { ...sources.dispatch, speaks: ['morse'] } })).toThrow('No format is called morse');
});
