import * as z from 'zod';
import { AgencyId, Agreement } from '../shared/contracts/agency.ts';

const Account = z.string().regex(/^\d{12}$/, 'the twelve digits of an AWS account');
const BusArn = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:events:[a-z0-9-]+:\d{12}:event-bus\/[\w.-]+$/,
    'the ARN of a bus such as arn:aws:events:us-east-1:111122223333:event-bus/swoe',
  );
/** The partner's bus; in development a bus of the stage's own may stand in for it, with a queue of what arrives. */
const OutgoingBus = z.union([z.literal('stand-in'), BusArn], {
  error: 'the ARN of their bus such as arn:aws:events:us-east-1:111122223333:event-bus/swoe, or "stand-in" in a development stage',
});

/** An agency of ours, whose people this installation serves. */
const Own = z.strictObject({ id: AgencyId, name: z.string().min(1).max(100), ours: z.literal(true) });

/** Another agency: the account it speaks from, if it speaks; the bus it hears by and the agreement under which it does, if it hears. */
const Other = z.strictObject({
  id: AgencyId,
  name: z.string().min(1).max(100),
  contact: z.email({ error: 'whom to reach there, an address such as records@sheriff.example' }),
  account: Account.optional(),
  bus: OutgoingBus.optional(),
  agreement: Agreement.optional(),
});
export type OtherAgency = z.infer<typeof Other>;

const Agency = z.discriminatedUnion('ours', [Own, Other.extend({ ours: z.literal(false).optional() })]);
type Agency = z.infer<typeof Agency>;

/** Lambda gives a function 4 KB of settings in all. */
const MOST_BYTES = 3_000;

interface Complaint {
  readonly path: (string | number)[];
  readonly message: string;
}

const twice = (values: readonly (string | undefined)[], path: (index: number) => (string | number)[], what: string): Complaint[] =>
  values.flatMap((value, index) =>
    value !== undefined && values.indexOf(value) < index ? [{ path: path(index), message: `${value} is ${what} of two agencies` }] : [],
  );

const accountOf = (bus: string | undefined): string | undefined => bus?.split(':')[4];

const ofOther = ({ account, bus, agreement }: Partial<OtherAgency>, index: number): Complaint[] => [
  ...(bus && !agreement
    ? [{ path: [index, 'bus'], message: 'nothing leaves without an agreement: say what theirs is, or take the bus away' }]
    : []),
  ...(agreement && !bus ? [{ path: [index, 'agreement'], message: 'say by which bus they hear what it lets them' }] : []),
  ...(account && accountOf(bus) && accountOf(bus) !== account
    ? [{ path: [index, 'bus'], message: `stands in account ${accountOf(bus)}, and theirs is ${account}` }]
    : []),
];

const complaints = (agencies: readonly Agency[]): Complaint[] => {
  const others = agencies.map((agency): Partial<OtherAgency> => (agency.ours ? {} : agency));
  const told = others.flatMap(({ agreement }) => agreement ?? []);
  return [
    ...(agencies.some(({ ours }) => ours)
      ? []
      : [{ path: [], message: 'one at least is ours: say "ours": true of whom this installation serves' }]),
    ...twice(
      agencies.map(({ id }) => id),
      (index) => [index, 'id'],
      'the name',
    ),
    ...twice(
      others.map(({ account }) => account),
      (index) => [index, 'account'],
      'the account',
    ),
    ...twice(
      others.map(({ agreement }) => agreement?.id),
      (index) => [index, 'agreement', 'id'],
      'the agreement',
    ),
    ...others.flatMap(ofOther),
    ...(JSON.stringify(told).length > MOST_BYTES
      ? [
          {
            path: [],
            message: `their agreements are more than ${MOST_BYTES} bytes of JSON together, which a function's settings do not hold`,
          },
        ]
      : []),
  ];
};

/** Ours, whose people are served, and others, with what was agreed with them. */
export const Agencies = z.array(Agency).superRefine((agencies, context) => {
  for (const complaint of complaints(agencies)) context.addIssue({ code: 'custom', ...complaint });
});
export type Agencies = z.infer<typeof Agencies>;

/** The ids of ours, the first of which shares in its name. */
export const ourAgencies = (agencies: Agencies): string[] => agencies.filter(({ ours }) => ours).map(({ id }) => id);

export const otherAgencies = (agencies: Agencies): OtherAgency[] => agencies.filter((agency) => !agency.ours);

/** What the rooms are told of those that something is shared with. */
export const partnersText = (agencies: Agencies): string =>
  JSON.stringify(sharedWith(agencies).map(({ id, agreement }) => ({ id, agreement })));

/** Those that something is shared with. */
export const sharedWith = (agencies: Agencies) =>
  otherAgencies(agencies).flatMap(({ id, bus, agreement }) => (bus && agreement ? [{ id, bus, agreement }] : []));
