import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { play, REASONS } from './cad-units/play.ts';
import { observations } from './cad-units/read.ts';
import { station } from './cad-units/station.ts';

const FILE = new URL('../../../shared/real/cad-fire-2024-06.jsonl', import.meta.url).pathname;
const isThere = existsSync(FILE);
if (!isThere) console.log('real records not found, skipped: cad-fire-2024-06.jsonl');

describe('the units of a county’s CAD, sent and taken off as it did in three weeks', () => {
  it.skipIf(!isThere)(
    'are never on two calls, and every assignment of CAD is ours at once or for a named reason later',
    { timeout: 600_000 },
    async () => {
      const observed = observations(readFileSync(FILE, 'utf8'));
      const names = [...new Set(observed.flat().flatMap(({ units }) => units))];
      const fire = await station(names);
      const played = await play(observed, fire);
      const late = REASONS.reduce((sum, reason) => sum + played.late[reason], 0);
      console.log(
        `${played.assignments} assignments of ${names.length} units, ${played.atOnce} at once, ${late} later: ${JSON.stringify(played.late)}`,
      );

      expect(played.unexplained).toEqual([]);
      expect(played.otherwise).toEqual([]);
      expect(played.atOnce + late).toBe(played.assignments);
      expect(played.late['CAD has the unit on two calls at once']).toBe(0);
      expect(played.freed).toBe(played.takenOff);
      expect((await fire.holders()).size).toBe(played.assignments - played.takenOff);
      expect(await fire.claims()).toBe(played.assignments);
      // The journal tells the same: each claim once.
      const entries = await fire.entries();
      expect(entries.filter(({ kind }) => kind === 'resource.allocated').length).toBe(played.assignments);
      expect(entries.filter(({ kind }) => kind === 'resource.released').length).toBe(played.freed);
    },
  );
});
