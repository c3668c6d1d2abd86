import type { Preference, Requirement } from '../../../shared/contracts/resource-allocation.ts';
import type { ResourceType } from '../../../shared/contracts/vocabulary.ts';
import type { Step } from '../../../shared/contracts/workflow.ts';
import { abilitiesOf } from '../../../workflows/vocabulary/abilities.ts';
import type { ActionSpec } from '../../../workflows/vocabulary/index.ts';
import { type Complaint, complaint } from './complaint.ts';

const LISTS = ['capabilities', 'certifications'] as const;
type List = (typeof LISTS)[number];

const other = (list: List): List => (list === 'capabilities' ? 'certifications' : 'capabilities');

/** A word that is not known of the type, and where it may have been meant to stand. */
const unknown = (type: ResourceType, list: List, word: string, place: string): Complaint[] => {
  const known = abilitiesOf(type);
  if (Object.hasOwn(known[list], word)) return [];
  const words = Object.keys(known[list]);
  const mend = Object.hasOwn(known[other(list)], word)
    ? `Say it among its ${other(list)}`
    : `${words.length > 0 ? `Say one of ${words.join(', ')}` : 'Leave it out'}, or declare it in workflows/vocabulary/abilities.ts`;
  const cause = words.length > 0 ? `"${word}" is none of the ${list} of a ${type}` : `no ${type} has any ${list}, so none could be sent`;
  return [complaint('UNKNOWN_ABILITY', `${place}.${list}`, cause, mend)];
};

const inVain = (place: string, cause: string, mend: string): Complaint => complaint('ABILITY_IN_VAIN', place, cause, mend);

const words = (asked: Requirement | undefined): string[] => LISTS.flatMap((list) => asked?.[list] ?? []);

/** What is said of a type's units without effect: about none, nothing at all, or the same twice. */
const vain = (type: ResourceType, asked: Requirement, required: Requirement | undefined, step: Step, place: string): Complaint[] => {
  if (step.needs[type] === undefined) return [inVain(place, `it needs no ${type}`, `Say how many ${type} it needs`)];
  const said = words(asked);
  if (said.length === 0) return [inVain(place, 'it names nothing that a unit must have', 'Name it, or say the number alone')];
  const before = words(required);
  const twice = said.filter((word, at) => said.indexOf(word) !== at || before.includes(word));
  return [...new Set(twice)].map((word) => inVain(place, `"${word}" is asked for twice`, 'Say it once'));
};

const ofType = (type: ResourceType, asked: Requirement, required: Requirement | undefined, step: Step, place: string): Complaint[] => [
  ...vain(type, asked, required, step, place),
  ...LISTS.flatMap((list) => [...new Set(asked[list])].flatMap((word) => unknown(type, list, word, place))),
];

const tooMany = (type: ResourceType, { count = 0 }: Preference, { needs }: Step, place: string): Complaint[] =>
  count > (needs[type] ?? count)
    ? [inVain(place, `${count} ${type} go first, and ${needs[type]} are needed`, 'Leave it out where all may go first')]
    : [];

/** Help goes at once with whoever is near; only where the specialist is the help is somebody else none. */
const withheld = ({ lifeSafety, specialists }: ActionSpec, { action }: Step, place: string): Complaint[] =>
  lifeSafety && !specialists
    ? [
        complaint(
          'HELP_WAITS_FOR_SKILL',
          place,
          `${action} is help, and nobody would go where nobody near has this`,
          "Say it in prefers: { …, within: '8m' }: who has it goes first, and else the nearest",
        ),
      ]
    : [];

/** What a step asks of its units beside their type, held against the words that are known. */
export const checkAbilities = (step: Step, spec: ActionSpec, place: string): Complaint[] => {
  const { requires = {}, prefers = {} } = step;
  const at = (type: string): string => `${place}.needs.${type}`;
  return [
    ...(Object.entries(requires) as [ResourceType, Requirement][]).flatMap(([type, asked]) => [
      ...ofType(type, asked, undefined, step, at(type)),
      ...withheld(spec, step, at(type)),
    ]),
    ...(Object.entries(prefers) as [ResourceType, Preference][]).flatMap(([type, asked]) => [
      ...ofType(type, asked, requires[type], step, `${at(type)}.prefers`),
      ...tooMany(type, asked, step, `${at(type)}.prefers.count`),
    ]),
  ];
};
