import { expect, test } from 'vitest';
import { masked } from '../../../shared/domain/masked.ts';

const plate = { kind: 'plate', id: 'ABC123' };
const event = {
  source: 'dispatch',
  type: 'call.received',
  category: 'INCIDENT',
  summary: 'Noise',
  entities: [plate],
  data: { caller: 'none' },
};

test('what names nobody comes back itself', () => {
  const whole = { items: [event, { kind: 'event.fused', data: { items: [{ eventKey: 'a' }] } }, null, 7, 'x'] };
  expect(masked(whole)).toBe(whole);
});

test.each(['person', 'person-name', 'person-reference', 'juvenile', 'victim', 'patient', 'phone', 'name', 'email'])(
  'an entity of kind %s keeps its kind and loses its id, and its event its data and summary',
  (kind) => {
    const about = { ...event, entities: [plate, { kind, id: 'Jane Doe' }] };
    const seen = masked({ items: [about] });
    expect(JSON.stringify(seen)).not.toMatch(/Jane|Noise|caller/);
    expect(seen).toMatchObject({ items: [{ type: 'call.received', entities: [plate, { kind, id: 'masked' }], data: {} }] });
  },
);

test('what concerns somebody’s state of mind is about a person, named or not', () => {
  expect(masked({ ...event, category: 'HUMAN_STABILITY' })).toMatchObject({ data: {}, summary: 'masked' });
});

test('a run’s free text, what a question shows and the body of a refused event are withheld', () => {
  expect(masked({ id: 'e1', workflow: 'gunfire-response', summary: 'John Roe shot' })).toMatchObject({ id: 'e1', summary: 'masked' });
  expect(masked({ id: 'a1', facts: { warrant: { target: 'John Roe' } }, factsHash: 'h' })).toEqual({
    id: 'a1',
    facts: {},
    factsHash: 'h',
  });
  expect(masked({ busId: 'b1', reason: 'no id', body: '{"name":"John Roe"}' }).body).toBeUndefined();
});

test('kinds that only begin like a person’s are not one', () => {
  const place = { kind: 'personnel-carrier', id: 'M113' };
  expect(masked(place)).toBe(place);
});
