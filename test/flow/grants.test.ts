import fc from 'fast-check';
import { beforeAll, expect, inject, test } from 'vitest';
import type { Grant } from '../../local/port/index.ts';
import { type Prepared, prepareAssembly } from '../../local/template/prepare.ts';
import { beyond } from '../grants/beyond.ts';
import { exercise, type Played } from '../grants/exercise.ts';
import { missed, nameOf } from '../grants/removal.ts';

const SAMPLE = 3;

let prepared: Prepared;
let played: Played;
let grants: Grant[];

beforeAll(async () => {
  prepared = await prepareAssembly(inject('assembly'));
  played = await exercise(prepared);
  grants = played.running.machine.grants();
  // Every path of the system, one after the other.
}, 300_000);

test('every path of the system is walked, and no call is denied', () => {
  expect(played.complaints).toEqual([]);
  expect((played.running.lines as { message?: string }[]).filter(({ message }) => message === 'A call was denied')).toEqual([]);
});

test('every grant of the template is used, but for those that only AWS can use', () => {
  expect(grants.filter((grant) => !grant.used && beyond(grant) === undefined).map(nameOf)).toEqual([]);
});

test('a grant that is taken away is missed by name; npm run iam -- --each takes them all', async () => {
  const used = grants.filter((grant) => grant.used);
  for (const grant of fc.sample(fc.constantFrom(...used), SAMPLE)) {
    const said = await missed(prepared, grant);
    expect(said, `nothing missed ${nameOf(grant)}`).toContain(grant.action);
  }
}, 300_000);
