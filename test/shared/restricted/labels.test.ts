import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Label } from '../../../shared/contracts/restricted.ts';
import { Category, Source } from '../../../shared/contracts/vocabulary.ts';
import { normalised } from '../../../shared/domain/normalise.ts';
import { contentOf, cutOf } from '../../../shared/restricted/cut.ts';
import { labelsOf } from '../../../shared/restricted/labels.ts';
import { OPEN_MEMBERS, rules } from '../../../shared/restricted/rules.ts';
import { workflows } from '../../../workflows/index.ts';

const said = fc.subarray(Label.options);
const type = fc.constantFrom('gunshot.detected', 'child.abducted', 'threat.credible', ...rules.flatMap(({ types = [] }) => types));
const about = fc.record({
  source: fc.constantFrom(...Source.options),
  type,
  category: fc.constantFrom(...Category.options),
  kinds: fc.subarray(['plate', 'person-name', 'juvenile', 'patient', 'address']),
});

test('a producer adds labels and takes none away', () =>
  fc.assert(
    fc.property(about, said, (event, more) => {
      const [without, withMore] = [labelsOf(event), labelsOf(event, more)];
      expect(withMore).toEqual(Label.options.filter((label) => without.includes(label) || more.includes(label)));
    }),
  ));

test.each([
  ['a shot that a sensor heard', 'gunshot_detection', 'gunshot.detected', [], []],
  ['a plate on a hot list', 'lpr_network', 'plate.hit', ['plate'], []],
  ['a person in crisis', 'cad_system', 'call.mental-health', [], ['HEALTH']],
  ['a child that was taken, by name', 'cad_system', 'child.abducted', ['juvenile'], ['CRIMINAL_JUSTICE', 'JUVENILE']],
  ['a threat', 'threat_intel', 'threat.credible', ['site'], ['INTELLIGENCE']],
  ['somebody’s phone', 'dispatch', 'call.other', ['phone'], ['CRIMINAL_JUSTICE']],
] as const)('%s: %s %s', (_, source, name, kinds, labels) => {
  expect(labelsOf({ source, type: name, category: 'INCIDENT', kinds })).toEqual(labels);
});

test('every input and trigger of a workflow that a labelled event may fill stays in the open', () => {
  const read = workflows.flatMap(({ inputs, on }) => [
    ...Object.values(inputs).map(({ from }) => from),
    ...on.flatMap((trigger) =>
      'pattern' in trigger ? Object.keys((trigger.pattern as { data?: object }).data ?? {}).map((name) => `data.${name}`) : [],
    ),
  ]);
  const members = [...new Set(read.filter((path) => path.startsWith('data.')).map((path) => path.split('.')[1] ?? ''))];
  expect(members.length).toBeGreaterThan(8);
  expect(members.filter((name) => !OPEN_MEMBERS.has(name))).toEqual([]);
});

const AT = Date.UTC(2026, 10, 22, 17);
const words = fc.string({ minLength: 6, maxLength: 30 }).map((text) => `canary ${text}`);

test('what is cut out of a labelled event is all in its piece, and none of it stays', () =>
  fc.assert(
    fc.property(
      words,
      fc.dictionary(
        fc.string({ maxLength: 8 }).filter((name) => name !== '__proto__'),
        fc.oneof(words, fc.record({ deep: words }), fc.array(words)),
      ),
      words,
      (summary, data, name) => {
        const entities = [
          { kind: 'person-name', id: name.slice(0, 100) },
          { kind: 'plate', id: 'RBH4417' },
        ];
        const envelope = {
          specversion: '1.0' as const,
          id: 'e',
          source: 'desk',
          type: 'call.mental-health',
          data: { ...data, summary, entities, weapon: false },
        };
        const event = normalised('cad_system', envelope, AT, AT);
        const cut = cutOf(event, { labels: event.restricted?.labels ?? [] }, ['subject-00000000000000000000000000']);
        expect(JSON.stringify(cut).toLowerCase()).not.toContain('canary');
        expect(cut.data['weapon']).toBe(false);
        expect(cut.entities[1]).toEqual(event.entities[1]);
        expect(contentOf(event)).toMatchObject({ summary, people: [event.entities[0]], data: event.data });
      },
    ),
  ));
