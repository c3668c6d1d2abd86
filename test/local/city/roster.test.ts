import { expect, test } from 'vitest';
import { ROSTER } from '../../../local/city/roster.ts';
import type { ResourceType } from '../../../shared/contracts/vocabulary.ts';
import { type Step, stepsOf } from '../../../shared/contracts/workflow.ts';
import { lacks } from '../../../shared/domain/allocation/fit.ts';
import { workflows } from '../../../workflows/index.ts';

const steps = workflows.flatMap(({ name, steps: nodes }) => stepsOf(nodes).map((step) => ({ name: `${name}.${step.name}`, step })));

/** How many units of the city have what a step asks for. */
const able = (type: ResourceType, asked: NonNullable<Step['requires']>[ResourceType]): number =>
  ROSTER.filter(
    (unit) =>
      unit.type === type &&
      lacks({ ...unit, capabilities: [...unit.capabilities], certifications: [...unit.certifications] }, asked) === undefined,
  ).length;

test('the city has whom each step of the twenty asks for', () => {
  const asked = steps.flatMap(({ name, step: { needs, requires = {}, prefers = {} } }) =>
    [requires, prefers].flatMap((said) =>
      (Object.keys(said) as ResourceType[]).map((type) => {
        const count = prefers[type]?.count ?? needs[type] ?? 0;
        return { name, type, has: able(type, said[type]) >= count };
      }),
    ),
  );
  expect(asked.length).toBeGreaterThan(20);
  expect(asked.filter(({ has }) => !has)).toEqual([]);
});

test('every drone of the twenty is flown by a remote pilot, and every co-responder who is sent is a clinician', () => {
  const flights = steps.filter(({ step: { action } }) => action === 'DRONE_DISPATCH');
  for (const { step } of flights) expect(step.requires?.DRONE?.certifications).toEqual(['remote-pilot']);
  const sent = steps.filter(({ step: { action, needs } }) => action === 'CO_RESPONDER_DISPATCH' && needs.DISPATCH_UNIT);
  for (const { step } of sent) expect(step.requires?.DISPATCH_UNIT?.certifications).toEqual(['clinician']);
  expect([flights.length, sent.length]).toEqual([9, 3]);
});
