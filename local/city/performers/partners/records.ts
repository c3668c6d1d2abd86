import type { Entity } from '../../../../shared/contracts/event.ts';
import type { PartnerAnswer } from '../../../../shared/contracts/partner.ts';

/** What the agency that entered a record says of it when it is asked: it stands, it does not, or it looks and says when it will know. */
type Confirms = 'yes' | 'no' | 'later';

interface SimulatedRecord {
  readonly number: string;
  readonly ori: string;
  readonly file: 'vehicle' | 'wanted' | 'missing';
  readonly identifiers: readonly Entity[];
  readonly confirms: Confirms;
}

/** Everything here is invented. */
const RECORDS: readonly SimulatedRecord[] = [
  { number: 'V900004417', ori: 'FL0501300', file: 'vehicle', identifiers: [{ kind: 'plate', id: 'RBH-4417' }], confirms: 'yes' },
  { number: 'V900005521', ori: 'FL0060000', file: 'vehicle', identifiers: [{ kind: 'plate', id: 'RBL-5521' }], confirms: 'yes' },
  { number: 'V900000404', ori: 'GA0600000', file: 'vehicle', identifiers: [{ kind: 'plate', id: 'RBN-0404' }], confirms: 'no' },
  { number: 'V900000060', ori: 'GA0600000', file: 'vehicle', identifiers: [{ kind: 'plate', id: 'RBW-0060' }], confirms: 'later' },
  {
    number: 'W900000117',
    ori: 'FL0130000',
    file: 'wanted',
    identifiers: [
      { kind: 'person-name', id: 'EXAMPLE, ALEX' },
      { kind: 'person-dob', id: '1984-02-11' },
    ],
    confirms: 'yes',
  },
  {
    number: 'M900002207',
    ori: 'FL0501300',
    file: 'missing',
    identifiers: [
      { kind: 'person-name', id: 'EXAMPLE, ROBIN' },
      { kind: 'person-dob', id: '2016-09-30' },
    ],
    confirms: 'yes',
  },
];

/** A scenario's run makes its vehicles its own: `RBH-4417-<run>` is the car of that run. */
const isOf = (asked: string, known: string): boolean => asked === known || asked.startsWith(`${known}-`);

/** As lenient as an index is: one identifier is enough for a hit, and whoever asks compares the rest. */
export const recordOf = (asked: readonly Entity[]): SimulatedRecord | undefined =>
  RECORDS.find(({ identifiers }) => identifiers.some(({ kind, id }) => asked.some((one) => one.kind === kind && isOf(one.id, id))));

/** The record as the index answers with it: with the identifiers that this run asked by, where they are its own. */
export const answered = ({ number, ori, identifiers }: SimulatedRecord, asked: readonly Entity[]): PartnerAnswer['record'] => ({
  number,
  ori,
  identifiers: identifiers.map(({ kind, id }) => ({
    kind: kind as NonNullable<PartnerAnswer['record']>['identifiers'][number]['kind'],
    id: asked.find((one) => one.kind === kind && isOf(one.id, id))?.id ?? id,
  })),
});
