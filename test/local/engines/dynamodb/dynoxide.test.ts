import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareWithOracle } from './support/differential.ts';
import { type Dynoxide, dynoxideMissing, startDynoxide } from './support/dynoxide.ts';

const missing = dynoxideMissing();
if (missing) console.warn(`The DynamoDB engine is not compared with dynoxide: ${missing}`);

/** More, and other seeds: `npm run test:differential -- --operations 100000 --seed 7`. */
const OPERATIONS = 5000;
const SEED = 20260101;

describe.skipIf(missing !== undefined)('against dynoxide', () => {
  let oracle: Dynoxide;
  beforeAll(async () => {
    oracle = await startDynoxide();
  });
  afterAll(() => oracle.stop());

  it(`answers ${OPERATIONS} random calls over three tables as dynoxide does, and holds the same items and stream records after them`, async () => {
    expect(await compareWithOracle({ operations: OPERATIONS, seed: SEED, oracle, most: 1 })).toEqual([]);
  });
});
