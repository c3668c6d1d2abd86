import * as z from 'zod';
import { circle, dateTime, decimal, oneOf, optional, polygon, references, text, token, type Version } from './values.ts';

/** The elements of CAP in the order in which its schema wants them; lists are what may be there more than once. */

export const STATUS = ['Actual', 'Exercise', 'System', 'Test', 'Draft'] as const;
export const MESSAGE_TYPES = ['Alert', 'Update', 'Cancel', 'Ack', 'Error'] as const;
export const URGENCY = ['Immediate', 'Expected', 'Future', 'Past', 'Unknown'] as const;
export const SEVERITY = ['Extreme', 'Severe', 'Moderate', 'Minor', 'Unknown'] as const;
export const CERTAINTY = ['Observed', 'Likely', 'Possible', 'Unlikely', 'Unknown'] as const;
export const CATEGORY = [
  'Geo',
  'Met',
  'Safety',
  'Security',
  'Rescue',
  'Fire',
  'Health',
  'Env',
  'Transport',
  'Infra',
  'CBRNE',
  'Other',
] as const;
export const RESPONSE = ['Shelter', 'Evacuate', 'Prepare', 'Execute', 'Avoid', 'Monitor', 'Assess', 'AllClear', 'None'] as const;
export const SCOPE = ['Public', 'Restricted', 'Private'] as const;

/** What should hold elements and holds none. */
const HOLLOW = { error: ({ code }: { code: string }) => (code === 'invalid_type' ? 'has no elements in it' : undefined) };

const named = z.strictObject({ valueName: text, value: text }, HOLLOW);
const many = <Schema extends z.ZodType>(schema: Schema) => z.array(schema).default([]);

const area = (version: Version) =>
  z
    .strictObject(
      {
        areaDesc: text,
        polygon: many(polygon),
        circle: many(circle),
        geocode: many(named),
        altitude: (version === '1.2' ? decimal : text).optional(),
        ceiling: (version === '1.2' ? decimal : text).optional(),
      },
      HOLLOW,
    )
    .refine(({ altitude, ceiling }) => ceiling === undefined || altitude !== undefined, {
      path: ['ceiling'],
      error: 'is there without an altitude',
    });

const resource = (version: Version) =>
  z.strictObject(
    {
      resourceDesc: text,
      mimeType: version === '1.2' ? text : optional,
      size: text.regex(/^[+-]?\d+$/, 'is not a whole number').optional(),
      uri: optional,
      derefUri: optional,
      digest: optional,
    },
    HOLLOW,
  );

const info = (version: Version) =>
  z.strictObject(
    {
      language: text.regex(/^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/, 'is not a language such as en-US').default('en-US'),
      category: z.array(oneOf(CATEGORY), { error: 'is missing' }),
      event: text,
      responseType: many(oneOf(RESPONSE)),
      urgency: oneOf(URGENCY),
      severity: oneOf(SEVERITY),
      certainty: oneOf(CERTAINTY),
      audience: optional,
      eventCode: many(named),
      effective: dateTime(version).optional(),
      onset: dateTime(version).optional(),
      expires: dateTime(version).optional(),
      senderName: optional,
      headline: optional,
      description: optional,
      instruction: optional,
      web: optional,
      contact: optional,
      parameter: many(named),
      resource: many(resource(version)),
      area: many(area(version)),
    },
    HOLLOW,
  );

/** What an answer to another alert must name, and what a narrower scope must say. */
const agreeing = (
  alert: { msgType: string; scope: string; references: unknown[]; restriction?: string | undefined; addresses?: string | undefined },
  context: z.RefinementCtx,
) => {
  const wrong = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
  if (alert.msgType !== 'Alert' && alert.references.length === 0)
    wrong('references', `is missing: an alert of msgType ${alert.msgType} names those that it is about`);
  if (alert.scope === 'Restricted' && !alert.restriction) wrong('restriction', 'is missing: the scope is Restricted');
  if (alert.scope === 'Private' && !alert.addresses) wrong('addresses', 'is missing: the scope is Private');
};

const fields = (version: Version) =>
  z.strictObject(
    {
      identifier: token,
      sender: token,
      sent: dateTime(version),
      status: oneOf(STATUS),
      msgType: oneOf(MESSAGE_TYPES),
      source: optional,
      scope: oneOf(SCOPE),
      restriction: optional,
      addresses: optional,
      code: many(text),
      note: optional,
      references: references(version).default([]),
      incidents: optional,
      info: many(info(version)),
    },
    HOLLOW,
  );

const capSchema = (version: Version) => {
  const shape = fields(version);
  return {
    schema: shape.superRefine(agreeing),
    /** Element names in the schema's order, by the element they stand in. */
    order: {
      alert: Object.keys(shape.shape),
      info: Object.keys(info(version).shape),
      area: Object.keys(area(version).shape),
      resource: Object.keys(resource(version).shape),
    } as Readonly<Record<string, readonly string[]>>,
  };
};

export const SCHEMAS = { '1.1': capSchema('1.1'), '1.2': capSchema('1.2') };

/** Elements that may be there more than once. */
export const LISTS: ReadonlySet<string> = new Set([
  ...['code', 'info', 'category', 'responseType', 'eventCode', 'parameter', 'resource', 'area', 'polygon', 'circle', 'geocode'],
]);

export type CapAlert = z.output<ReturnType<typeof fields>>;
export type CapInfo = CapAlert['info'][number];
