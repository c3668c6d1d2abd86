import * as z from 'zod';
import { Severity, Source } from './vocabulary.ts';

/** What an authoritative source said and SWOE stored. `subject` is `incident/<id>`, `resource/<id>`, `workflow/<name>`, `person/<sub>` or `city`. A fact past `expiresAt` does not exist. */
export const Fact = z.object({
  subject: z.string(),
  kind: z.string(),
  value: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  source: Source,
  eventKey: z.string(),
  /** When its source observed it, and by SWOE's clock at the latest when it came. Facts of before this was kept have none: then it is `recordedAt`. */
  observedAt: z.iso.datetime().optional(),
  recordedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  /** The override under which it stands as it does: its value is not what its source said, or it ends before its source's time. */
  override: z.string().optional(),
});
export type Fact = z.infer<typeof Fact>;

/** One clause's word on one action. `facts` are the facts it was judged on, by kind and event. */
export const GuardrailDecision = z.object({
  /** The version of the clauses in force when it was made: the first 12 hex digits of a SHA-256 over them all. */
  law: z.string().default(''),
  verdict: z.enum(['permit', 'refuse', 'ask', 'alert', 'record']),
  clauses: z.array(
    z.object({
      id: z.string(),
      type: z.string(),
      severity: Severity,
      citation: z.string(),
      refusal: z.string(),
      error: z.string().optional(),
    }),
  ),
  facts: z.array(
    z.object({ kind: z.string(), subject: z.string(), eventKey: z.string(), expiresAt: z.string(), override: z.string().optional() }),
  ),
  /** Kinds of entities to mask in what is sent: an action that is never withheld goes ahead without them. */
  redact: z.array(z.string()).default([]),
});
export type GuardrailDecision = z.infer<typeof GuardrailDecision>;
