import { describe, expect, it } from 'vitest';
import { violations } from '../../../../local/engines/gateway/rest/draft-04.ts';

describe('a model of draft 4', () => {
  it.each([
    [{ type: 'object', required: ['b', 'a'] }, {}, ['object has missing required properties (["a","b"])']],
    [{ type: 'string' }, 1, ['instance type (integer) does not match any allowed primitive type (allowed: ["string"])']],
    [{ type: 'number' }, 1, []],
    [{ type: 'integer' }, 1.5, ['instance type (number) does not match any allowed primitive type (allowed: ["integer"])']],
    [{ type: ['string', 'null'] }, null, []],
    [{ enum: ['a', 'b'] }, 'c', ['instance value ("c") not found in enum (possible values: ["a","b"])']],
    [{ maximum: 90 }, 91, ['numeric value is greater than the required maximum (maximum: 90, found: 91)']],
    [{ minimum: 0, exclusiveMinimum: true }, 0, ['numeric instance is lower than the required minimum (minimum: 0, found: 0)']],
    [{ multipleOf: 2 }, 3, ['remainder of division is not zero (3 / 2)']],
    [{ minLength: 3 }, 'é😀', ['string "é😀" is too short (length: 2, required minimum: 3)']],
    [{ maxLength: 1 }, 'ab', ['string "ab" is too long (length: 2, maximum allowed: 1)']],
    [{ pattern: '^a' }, 'b', ['ECMA 262 regex "^a" does not match input string "b"']],
    [{ format: 'date-time' }, 'today', ['string "today" is invalid against requested format date-time']],
    [{ maxItems: 1 }, [1, 2], ['array is too long: must have at most 1 elements but instance has 2 elements']],
    [{ uniqueItems: true }, [1, 1], ['array must not contain duplicate elements']],
    [{ items: { type: 'string' } }, [1], ['instance type (integer) does not match any allowed primitive type (allowed: ["string"])']],
    [{ additionalProperties: false }, { x: 1 }, ['object instance has properties which are not allowed by the schema: ["x"]']],
    [{ properties: { a: { type: 'object', required: ['b'] } } }, { a: {} }, ['object has missing required properties (["b"])']],
    [{ patternProperties: { '^n': { type: 'number' } }, additionalProperties: false }, { n1: 1 }, []],
    [{ anyOf: [{ type: 'string' }, { type: 'number' }] }, true, ['instance failed to match at least one required schema among 2']],
    [{ oneOf: [{ type: 'number' }, { type: 'integer' }] }, 1, ['instance failed to match exactly one schema (matched 2 out of 2)']],
    [{ allOf: [{ type: 'number' }, { minimum: 5 }] }, 1, ['instance failed to match all required schemas (matched only 1 out of 2)']],
    [{ not: {} }, 1, ['instance matched a schema which it should not have']],
    [{ $ref: '#/definitions/x', definitions: { x: { type: 'string' } } }, 'a', []],
    [{ required: ['toString'] }, {}, ['object has missing required properties (["toString"])']],
  ])('%j says of %j: %j', (schema, value, said) => {
    expect(violations(schema, value)).toEqual(said);
  });
});
