import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { Source } from '../../../shared/contracts/vocabulary.ts';
import { AI_SOURCES, independentSources } from '../../../shared/domain/independent.ts';

const counts: readonly [fact: string, count: number, sources: readonly Source[]][] = [
  ['an incident that nobody reported has no source', 0, []],
  ['a shot that a sensor and a caller report has two', 2, ['gunshot_detection', 'cad_system']],
  ['a 911 call that CAD and dispatch both carry has one', 1, ['cad_system', 'dispatch']],
  ['dispatch alone counts as much as CAD alone', 1, ['dispatch']],
  ['a sensor beside a call that both carry makes two', 2, ['dispatch', 'gunshot_detection', 'cad_system']],
  ['a neighbouring agency is a second source beside CAD', 2, ['partner_agency', 'cad_system']],
  ['a score beside a caller bears nothing out', 1, ['predictive_intel', 'cad_system']],
  ['all five AI sources together are no source', 0, ['ai_sentinel', 'ai_personas', 'predictive_intel', 'human_stability', 'moral_compass']],
];
test.each(counts)('%s', (_fact, count, sources) => {
  expect(independentSources(sources)).toBe(count);
});

const some = fc.array(fc.constantFrom(...Source.options), { maxLength: 12 });

test.prop([some, fc.nat()])('neither the order of the reports nor how often each came changes the count', (sources, turn) => {
  const at = turn % (sources.length + 1);
  const again = [...sources.slice(at), ...sources, ...sources.slice(0, at)].reverse();
  expect(independentSources(again)).toBe(independentSources(sources));
});

test.prop([some, fc.constantFrom(...AI_SOURCES)])('no score ever adds to the count', (sources, score) => {
  expect(independentSources([...sources, score])).toBe(independentSources(sources));
});

test.prop([some, fc.constantFrom(...Source.options)])('one more source adds one at most and takes none away', (sources, more) => {
  const added = independentSources([...sources, more]) - independentSources(sources);
  expect([0, 1]).toContain(added);
});
