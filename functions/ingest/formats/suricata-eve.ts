import * as z from 'zod';
import type { Format } from './format.ts';
import { digestOf, isObject, reading } from './record.ts';

/**
 * Suricata's EVE log, one record an event: https://docs.suricata.io/en/latest/output/eve/eve-json-format.html.
 * An alert is an incident as grave as its rule says; an anomaly is one of its own kind; all else is what a sensor saw and did not judge
 * (`cyber.observed`, INFO), and starts nothing whatever stands in it.
 */

const Eve = z.looseObject({
  timestamp: z.string().min(1).max(64),
  event_type: z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/, 'is no event type of EVE'),
  flow_id: z.number().optional(),
  src_ip: z.string().min(1).max(64).optional(),
  dest_ip: z.string().min(1).max(64).optional(),
  proto: z.string().max(40).optional(),
  in_iface: z.string().max(60).optional(),
  host: z.string().max(100).optional(),
});
type Eve = z.infer<typeof Eve>;

const Alert = z.looseObject({
  action: z.enum(['allowed', 'blocked']),
  signature_id: z.int(),
  signature: z.string(),
  category: z.string().nullish(),
  severity: z.int().min(1).max(255),
  metadata: z.looseObject({ confidence: z.array(z.string()).optional() }).optional(),
});
type Alert = z.infer<typeof Alert>;

const AlertRecord = Eve.extend({ alert: Alert });

/**
 * Suricata counts down from 1, its gravest; we count up, as the Florida statute does (1 low, 3 high: shared/sources/shapes/cyber.ts).
 * Its gravest, let through, is high. What was blocked reached nobody, so it counts one less. A sensor sees no effect, so it never says 4 or 5.
 */
const severityOf = ({ severity, action }: Alert): 1 | 2 | 3 => {
  if (severity === 1) return action === 'blocked' ? 2 : 3;
  return severity === 2 && action === 'allowed' ? 2 : 1;
};

const PRIORITY = { 1: 'LOW', 2: 'MEDIUM', 3: 'HIGH' } as const;
/** What a rule's author thinks of it. */
const CONFIDENCE: Readonly<Record<string, number>> = { high: 0.9, medium: 0.7, low: 0.4 };

/** `2026-05-03T19:01:45.272506-0400` as RFC 3339 wants it; nothing where the sensor gave no zone, and then the bus's time stands. */
const timeOf = (timestamp: string): { time?: string } => {
  const [, local, hours, minutes] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?)(Z|[+-]\d\d):?(\d\d)?$/.exec(timestamp) ?? [];
  if (!local || !hours) return {};
  const time = hours === 'Z' ? `${local}Z` : `${local}${hours}:${minutes ?? '00'}`;
  return z.iso.datetime({ offset: true }).safeParse(time).success ? { time } : {};
};

const common = (record: Eve) => ({
  specversion: '1.0' as const,
  id: `${record.flow_id ?? record.event_type}/${record.timestamp}/${digestOf(record)}`,
  source: record.host ?? record.in_iface ?? 'suricata',
  ...timeOf(record.timestamp),
});

const dataOf = (record: Eve) => ({
  entities: [...new Set([record.src_ip, record.dest_ip])].flatMap((ip) => (ip ? [{ kind: 'ip', id: ip }] : [])),
  ...(record.proto ? { protocol: record.proto } : {}),
  record,
});

const alert = reading(AlertRecord, (record) => {
  const { action, signature, signature_id, category, metadata } = record.alert;
  const severity = severityOf(record.alert);
  const confidence = CONFIDENCE[metadata?.confidence?.[0]?.toLowerCase() ?? ''];
  const name = signature.trim().slice(0, 300);
  const told = { severity, signature: name, signatureId: signature_id, action, ...(category ? { classification: category } : {}) };
  const summary = `Network alert: ${name || `signature ${signature_id}`} (${action})`;
  return {
    ...common(record),
    type: 'cyber.incident',
    data: { priority: PRIORITY[severity], summary, ...(confidence ? { confidence } : {}), ...told, ...dataOf(record) },
  };
});

const other = reading(Eve, (record) => {
  const kind = record.event_type.replaceAll('_', '-');
  const anomaly = record.event_type === 'anomaly';
  return {
    ...common(record),
    type: anomaly ? 'cyber.anomaly' : 'cyber.observed',
    data: { kind, ...(anomaly ? { severity: 1 } : {}), summary: `A network sensor saw: ${kind}`, ...dataOf(record) },
  };
});

export const suricataEve: Format = {
  name: 'suricata-eve',
  recognises: (detail) => isObject(detail) && 'event_type' in detail && 'timestamp' in detail && !('specversion' in detail),
  adapt: (detail) => (isObject(detail) && detail['event_type'] === 'alert' ? alert(detail) : other(detail)),
};
