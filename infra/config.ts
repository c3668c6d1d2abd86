import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { Source } from '../shared/contracts/vocabulary.ts';
import { subsystems } from '../workflows/vocabulary/index.ts';
import { Agencies, partnersText, sharedWith } from './agencies.ts';
import { Partners, partnerTermsText } from './partners.ts';

/** An IAM principal. `${AWS::AccountId}` and `${AWS::Partition}` stand for the account of the deployment; `…:root` is a whole account. */
const PrincipalArn = z
  .string()
  .regex(/^arn:(aws[a-z-]*|\$\{AWS::Partition\}):iam::(\d{12}|\$\{AWS::AccountId\}):(root|(role|user)\/[\w+=,.@/-]+)$/, {
    error: 'an IAM ARN such as arn:aws:iam::111122223333:role/cad-bridge (a role, a user, or root for a whole account)',
  });

/** Who may put events under which sources. `swoe` is not among them: only SWOE's own roles put that. */
export const Producer = z.strictObject({
  principalArn: PrincipalArn,
  sources: z.union([z.literal('any'), z.array(Source).min(1)], {
    error: `a list of registered sources (${Source.options.join(', ')}), or "any" in a development stage`,
  }),
});
export type Producer = z.infer<typeof Producer>;

/** The principals that poll a subsystem's queue of actions. */
const Subsystems = z.partialRecord(z.enum(subsystems), z.array(PrincipalArn).min(1));

const NWS = 'false, or whose alerts are asked for: point=26.7753,-80.0581, zone=FLC099 or area=FL';
const QUERY = /^(point=-?\d{1,2}(\.\d{1,4})?,-?\d{1,3}(\.\d{1,4})?|zone=[A-Z]{2}[CZ]\d{3}(,[A-Z]{2}[CZ]\d{3})*|area=[A-Z]{2})$/;

/** Public feeds that are asked every minute; false is off. */
const Polls = z
  .strictObject({
    nws: z.union([z.literal(false), z.string().regex(QUERY, NWS)], { error: NWS }),
    usgs: z.boolean({ error: 'true or false' }),
    /** Who polls, for the servers' operators: an address of mail or a page. */
    contact: z
      .string()
      .regex(/^[\w.+:/@-]{5,100}$/, 'an address such as ops@city.example')
      .optional(),
  })
  .refine(({ nws, usgs, contact }) => contact || !(nws || usgs), {
    path: ['contact'],
    error: 'say whom to reach: the Weather Service answers nobody who does not',
  });

const Settings = z.strictObject({
  stage: z.enum(['dev', 'prod'], { error: 'dev or prod' }),
  /** Point-in-time recovery of every table. */
  pitr: z.boolean(),
  /** Tables, keys, buckets, people and logs outlive the stacks. */
  retain: z.boolean(),
  /** Tables, the user pool and the stacks themselves refuse to be deleted. */
  deletionProtection: z.boolean(),
  logRetentionDays: z.union(
    [7, 14, 30, 90, 180, 365, 731, 1827].map((days) => z.literal(days)),
    {
      error: 'one of 7, 14, 30, 90, 180, 365, 731 and 1827, the periods of CloudWatch Logs that we use',
    },
  ),
  audit: z.strictObject({
    /** For so long nobody at all can remove a signed checkpoint of the journal. */
    retentionDays: z.int().min(1).max(3650),
    /** The Ed25519 key of another account that signs checkpoints; without it the stage makes one in its own. */
    signingKeyArn: z
      .string()
      .regex(/^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/, 'the ARN of a KMS key such as arn:aws:kms:us-east-1:111122223333:key/…')
      .optional(),
  }),
  archiveDays: z.int().min(1).max(3650),
  /** False where the account's quota of concurrent Lambda executions is under 600. */
  reserveConcurrency: z.boolean(),
  /** Requests in five minutes from one address before the firewall refuses it. */
  rateLimit: z.int().min(100),
  costCenter: z.string().min(1).max(64),
  /** Ours, each a group of the user pool beside the roles, and others, with what was agreed with them. */
  agencies: Agencies,
  /** State and federal systems, with what was agreed with them. */
  partners: Partners.default([]),
  producers: z.array(Producer),
  subsystems: Subsystems,
  polls: Polls,
  /** Who is told when a dead-letter queue is no longer empty. */
  alarms: z.strictObject({ email: z.email() }).optional(),
});

/** CJIS, AU-11: audit records are kept for a year at least. */
const YEAR = 365;

/** Lambda gives a function 4 KB of settings in all, and the room of the API is told of both. */
const MOST_AGREED_BYTES = 3_000;

/** One stage as its file says it. */
export const StageConfig = Settings.superRefine(({ stage, producers, agencies, partners, audit }, context) => {
  if (partnersText(agencies).length + partnerTermsText(partners).length > MOST_AGREED_BYTES)
    context.addIssue({
      code: 'custom',
      path: ['partners'],
      message: `their agreements and those with agencies are more than ${MOST_AGREED_BYTES} bytes of JSON together, which a function's settings do not hold`,
    });
  if (stage === 'dev') return;
  for (const [index, agency] of agencies.entries())
    if (!agency.ours && agency.bus === 'stand-in')
      context.addIssue({
        code: 'custom',
        path: ['agencies', index, 'bus'],
        message: 'name their bus: only a development stage may have another stand in for it',
      });
  if (audit.retentionDays < YEAR)
    context.addIssue({
      code: 'custom',
      path: ['audit', 'retentionDays'],
      message: `${YEAR} or more: a year is the least that an audit is kept`,
    });
  for (const [index, { sources }] of producers.entries())
    if (sources === 'any')
      context.addIssue({
        code: 'custom',
        path: ['producers', index, 'sources'],
        message: 'name the sources: only a development stage may leave them open',
      });
});
export type StageConfig = z.infer<typeof StageConfig>;

/** Whether anything is shared with anybody. */
export const isSharing = ({ agencies }: StageConfig): boolean => sharedWith(agencies).length > 0;

/** Whether anything is polled at all. */
export const isPolling = ({ polls }: StageConfig): boolean => polls.nws !== false || polls.usgs;

const STAGES = join(import.meta.dirname, 'stages');

const complaint = (file: string, issues: readonly z.core.$ZodIssue[]): string =>
  [
    `${file} is not a stage SWOE can deploy:`,
    ...issues.map(({ path, message }) => `  ${path.join('.') || '(whole file)'}: ${message}`),
  ].join('\n');

/** Checks one stage's settings; a mistake is told by its field, with what is allowed there. */
export const parseStage = (settings: unknown, file = 'the stage file'): StageConfig => {
  const parsed = StageConfig.safeParse(settings);
  if (!parsed.success) throw new Error(complaint(file, parsed.error.issues));
  return parsed.data;
};

/** Reads `infra/stages/<stage>.json`. */
export const loadStage = (stage: string, folder = STAGES): StageConfig => {
  const file = join(folder, `${stage}.json`);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new Error(`There is no stage "${stage}": name one that has a file in infra/stages, as in "cdk deploy -c stage=prod".`);
  }
  return parseStage(JSON.parse(text), `infra/stages/${stage}.json`);
};
