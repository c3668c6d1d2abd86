import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { bundle } from '../../infra/bundle.ts';
import { functionNames } from '../../infra/functions.ts';
import { neighbours } from '../support/agreement.ts';
import { name, synthesised, temporary } from './support.ts';

const room = (folder: string, called: string): void => {
  mkdirSync(join(folder, called));
  writeFileSync(
    join(folder, called, 'handler.ts'),
    `export const create = () => async () => '${called}'; export const handler = create();`,
  );
};

describe('a bundle', () => {
  test('of a room without a handler is refused by the room’s name', async () => {
    const functions = temporary();
    room(functions, 'ingest');
    await expect(bundle({ outdir: temporary(), functions, rooms: ['ingest', 'step'] })).rejects.toThrow('No handler.ts in functions/step');
  });

  test('without a room that infra does not know is refused: it would never be deployed', async () => {
    const functions = temporary();
    for (const called of ['ingest', 'surprise']) room(functions, called);
    await expect(bundle({ outdir: temporary(), functions, rooms: ['ingest'] })).rejects.toThrow(
      'functions/surprise would never be deployed',
    );
  });
});

describe('the bundles of all rooms', () => {
  const outdir = temporary();
  beforeAll(() => bundle({ outdir }));

  test.each(functionNames)('%s loads, and exports create and handler', async (called) => {
    const loaded = await import(pathToFileURL(join(outdir, called, 'index.mjs')).href);
    expect([typeof loaded.create, typeof loaded.handler]).toEqual(['function', 'function']);
  });

  test('bring Cedar’s wasm where, and only where, guardrails are weighed', () => {
    expect(functionNames.filter((called) => existsSync(join(outdir, called, 'cedar_wasm_bg.wasm')))).toEqual([
      'trigger',
      'step',
      'settle',
      'publish',
      'connect',
      'api',
    ]);
  });

  test('find every setting they read in the function’s environment, and no function has one that nobody reads', () => {
    const settings =
      /["'`]((?:[A-Z]+_)+TABLE|FINISH_QUEUE_URL|TRIGGER_QUEUE_URL|STATE_MACHINE_PREFIX|WEBSOCKET_ENDPOINT|BUS_NAME|ISSUER|AUDIENCE)["'`]|setting\d*\(\w+, ?["'`]([A-Z_]+)["'`]\)/g;
    const read = (called: string): string[] =>
      [
        ...new Set(
          [...readFileSync(join(outdir, called, 'index.mjs'), 'utf8').matchAll(settings)].map(([, known, word]) => String(known ?? word)),
        ),
      ].sort();
    const given = Object.fromEntries(
      synthesised('dev', { polls: { nws: 'area=FL', usgs: true, contact: 'ops@city.example' }, agencies: neighbours })
        .ofType('AWS::Lambda::Function')
        .map((fn) => {
          const { Variables } = fn.Properties['Environment'] as { Variables: object };
          return [
            name(fn, 'FunctionName').replace('swoe-dev-', ''),
            Object.keys(Variables)
              .filter((variable) => variable !== 'NODE_OPTIONS')
              .sort(),
          ];
        }),
    );
    expect(given).toEqual(Object.fromEntries(functionNames.map((called) => [called, read(called)])));
  });
});
