import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Category } from '../../shared/contracts/vocabulary.ts';
import { pipelines, subsystemPipeline } from '../../shared/routing/pipelines.ts';
import { categoryRoutes, type Routed, router } from '../../shared/routing/route.ts';
import { rules, subsystemRule } from '../../shared/routing/rules.ts';
import { subsystems } from '../../workflows/vocabulary/index.ts';
import { deployed } from './template.ts';

/** Where these events go, and that they go nowhere else. */
interface Line {
  readonly says: string;
  readonly event: Routed;
  readonly to: readonly string[];
}

const lines = readFileSync(new URL('routes.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Line);

const ENVELOPE = { version: '0', id: '1', account: '000000000000', time: '2026-05-01T12:00:00Z', region: 'us-east-1', resources: [] };
const routed = router(deployed);
const queuesFor = (event: Routed): string[] => routed({ ...ENVELOPE, ...event }).map(({ to }) => to);

describe('by the rules of the synthesised template', () => {
  test.each(lines)('$says goes to $to and nowhere else', ({ event, to }) => {
    expect(queuesFor(event)).toEqual(to);
  });

  test('there are lines for every rule, so that none can be lost unnoticed', () => {
    const used = new Set(lines.flatMap(({ event }) => routed({ ...ENVELOPE, ...event }).map(({ name }) => name)));
    expect(rules.map(({ name }) => name).filter((name) => !used.has(name))).toEqual([]);
  });

  test('every category goes to exactly one pipeline, whether it is CRITICAL or not', () => {
    const routes = categoryRoutes(deployed, Category.options);
    expect(routes).toHaveLength(18);
    expect(routes.filter(({ critical, otherwise }) => critical.length !== 1 || otherwise.length !== 1)).toEqual([]);
    expect(new Set(routes.flatMap(({ otherwise }) => otherwise))).toEqual(new Set(['responses', 'machines', 'conclusions']));
  });
});

describe('the declaration', () => {
  const declared = [...rules, ...subsystems.map(subsystemRule)];

  test('is what is deployed, rule by rule', () => {
    const plain = (all: readonly { name: string; to: string; pattern: unknown }[]) =>
      all.map(({ name, to, pattern }) => ({ name, to, pattern })).sort((a, b) => (a.name < b.name ? -1 : 1));
    expect(plain(deployed)).toEqual(plain(declared));
    expect(new Set(deployed.map(({ state }) => state))).toEqual(new Set(['ENABLED']));
  });

  test('names each rule once, says why, and leads to a pipeline that there is', () => {
    const names = declared.map(({ name }) => name);
    const known = new Set<string>([...pipelines, ...subsystems.map(subsystemPipeline)].map(({ name }) => name));
    expect(new Set(names).size).toBe(names.length);
    expect(declared.filter(({ to, why }) => !known.has(to) || !/^.{20,}\.$/.test(why))).toEqual([]);
    expect([...known].filter((pipeline) => !declared.some(({ to }) => to === pipeline))).toEqual([]);
  });

  test('keeps every pattern within the 2,048 characters that EventBridge takes', () => {
    const long = declared.filter(({ pattern }) => JSON.stringify(pattern).length > 2048);
    expect(long.map(({ name }) => name)).toEqual([]);
  });
});
