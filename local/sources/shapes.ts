import * as z from 'zod';
import type { TypeSpec } from '../../shared/sources/index.ts';

type Json = {
  type?: string | string[];
  properties?: Record<string, Json>;
  required?: string[];
  enum?: unknown[];
  anyOf?: Json[];
  items?: Json;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
};

const OWN = new Set(['location', 'entities', 'category', 'priority', 'summary', 'confidence', 'threatLevel', 'agency']);

const range = ({ minimum, exclusiveMinimum, maximum, exclusiveMaximum }: Json): string => {
  const [low, high] = [minimum ?? exclusiveMinimum, maximum ?? exclusiveMaximum];
  const shown = (value: number | undefined) => (value === undefined || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? '' : String(value));
  return shown(low) || shown(high) ? ` ${shown(low)} to ${shown(high)}` : '';
};

const words = (json: Json): string => {
  if (json.enum) return json.enum.map((value) => String(value)).join(' | ');
  if (json.anyOf)
    return json.anyOf
      .map(words)
      .filter((word) => word !== 'null')
      .join(' | ');
  if (json.items) return `list of ${words(json.items)}`;
  if (json.properties) return `{ ${fields(json).join('; ')} }`;
  const kinds = [json.type ?? 'anything'].flat().filter((kind) => kind !== 'null');
  return `${kinds.join(' | ')}${kinds[0] === 'string' ? '' : range(json)}`;
};

/** `batteryPct?: number 0 to 100`: what a shape names, its optional fields marked. */
const fields = ({ properties = {}, required = [] }: Json): string[] =>
  Object.entries(properties).map(([name, json]) => `${name}${required.includes(name) ? '' : '?'}: ${words(json)}`);

/** What a type's shape asks of `data` beside SWOE's own fields. */
export const shapeOf = ({ schema }: TypeSpec): string[] => {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json;
  return fields({ ...json, properties: Object.fromEntries(Object.entries(json.properties ?? {}).filter(([name]) => !OWN.has(name))) });
};
