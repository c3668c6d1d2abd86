import { describe, expect, it } from 'vitest';
import { compileCondition } from '../../../local/port/condition.ts';
import { principalMatcher } from '../../../local/port/principal.ts';

const ROLE = 'arn:aws:iam::000000000000:role/step';
const context = {
  'aws:principalarn': ROLE,
  'aws:sourcearn': 'arn:aws:events:us-east-1:000000000000:rule/swoe/intake',
  'aws:sourceip': '10.1.2.3',
  'aws:securetransport': 'true',
  'aws:epochtime': '1700000000',
  'aws:currenttime': '2026-11-22T20:00:00Z',
  'events:source': 'cad_system',
  'dynamodb:leadingkeys': ['city#1', 'city#2'],
};
const holds = (block: object): boolean => compileCondition(block).holds(context);

describe('a condition', () => {
  it.each([
    [{ StringEquals: { 'events:source': 'cad_system' } }, true],
    [{ StringEquals: { 'events:source': 'cad_*' } }, false],
    [{ StringNotEquals: { 'events:source': ['a', 'b'] } }, true],
    [{ StringNotEquals: { 'events:source': ['a', 'cad_system'] } }, false],
    [{ StringEqualsIgnoreCase: { 'events:source': 'CAD_System' } }, true],
    [{ StringNotEqualsIgnoreCase: { 'events:source': 'CAD_System' } }, false],
    [{ StringLike: { 'events:source': 'cad_*' } }, true],
    [{ StringNotLike: { 'events:source': 'cad_?' } }, true],
    [{ NumericLessThan: { 'aws:EpochTime': '1700000001' } }, true],
    [{ NumericGreaterThanEquals: { 'aws:EpochTime': 1_700_000_000 } }, true],
    [{ NumericEquals: { 'aws:EpochTime': '1700000000.0' } }, true],
    [{ NumericNotEquals: { 'aws:EpochTime': '1700000000' } }, false],
    [{ DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } }, true],
    [{ DateLessThanEquals: { 'aws:CurrentTime': '2026-11-22T20:00:00Z' } }, true],
    [{ DateNotEquals: { 'aws:EpochTime': '1700000000' } }, false],
    [{ Bool: { 'aws:SecureTransport': 'True' } }, true],
    [{ Bool: { 'aws:SecureTransport': false } }, false],
    [{ IpAddress: { 'aws:SourceIp': ['192.168.0.0/16', '10.0.0.0/8'] } }, true],
    [{ IpAddress: { 'aws:SourceIp': '10.1.2.3' } }, true],
    [{ NotIpAddress: { 'aws:SourceIp': '10.1.2.3/32' } }, false],
    [{ ArnLike: { 'aws:SourceArn': 'arn:aws:events:*:*:rule/swoe/*' } }, true],
    [{ ArnEquals: { 'aws:SourceArn': 'arn:aws:events:*:rule/swoe/intake' } }, false],
    [{ ArnNotLike: { 'aws:SourceArn': 'arn:aws:events:*:*:rule/other/*' } }, true],
    [{ BinaryEquals: { 'events:source': 'cad_system' } }, true],
    [{ Null: { 'events:detail-type': 'true', 'events:source': 'false' } }, true],
  ])('%j is %s', (block, expected) => {
    expect(holds(block)).toBe(expected);
  });

  it.each([
    [{ StringEquals: { 'events:detail-type': 'x' } }, false],
    [{ StringEqualsIfExists: { 'events:detail-type': 'x' } }, true],
    [{ StringNotEquals: { 'events:detail-type': 'x' } }, true],
    [{ 'ForAllValues:StringEquals': { 'events:detail-type': 'x' } }, true],
    [{ 'ForAnyValue:StringNotEquals': { 'events:detail-type': 'x' } }, false],
  ])('on a key that the request does not have, %j is %s', (block, expected) => {
    expect(holds(block)).toBe(expected);
  });

  it.each([
    [{ 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': 'city#*' } }, true],
    [{ 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['city#1'] } }, false],
    [{ 'ForAnyValue:StringEquals': { 'dynamodb:LeadingKeys': ['city#1', 'x'] } }, true],
    [{ 'ForAnyValue:StringNotEquals': { 'dynamodb:LeadingKeys': ['city#1', 'city#2'] } }, false],
  ])('over several values, %j is %s', (block, expected) => {
    expect(holds(block)).toBe(expected);
  });

  it.each([
    // biome-ignore-start lint/suspicious/noTemplateCurlyInString: IAM's variables look like templates
    [{ ArnEquals: { 'aws:PrincipalArn': '${aws:PrincipalArn}' } }, true],
    [{ StringLike: { 'dynamodb:LeadingKeys': '${events:source}#*' } }, false],
    [{ StringEquals: { 'events:source': "${aws:username, 'cad_system'}" } }, true],
    [{ StringEquals: { 'events:source': '${aws:username}' } }, false],
    [{ StringLike: { 'events:source': 'cad${*}system' } }, false],
    // biome-ignore-end lint/suspicious/noTemplateCurlyInString: IAM's variables look like templates
  ])('fills in variables: %j is %s', (block, expected) => {
    expect(holds(block)).toBe(expected);
  });
});

describe('a principal', () => {
  const naming = (raw: object, principal = ROLE) => principalMatcher(raw as Record<string, unknown>)(principal);

  it('is named outright, or by its account, which is not the same', () => {
    expect(naming({ Principal: { AWS: ROLE } })).toBe('named');
    expect(naming({ Principal: '*' })).toBe('named');
    expect(naming({ Principal: { AWS: 'arn:aws:iam::000000000000:root' } })).toBe('account');
    expect(naming({ Principal: { AWS: ['111111111111'], Service: 'events.amazonaws.com' } })).toBeUndefined();
  });

  it('is spared by NotPrincipal only by its own name, and NotPrincipal may only deny', () => {
    const others = { Effect: 'Deny', NotPrincipal: { AWS: [ROLE, 'arn:aws:iam::000000000000:root'] } };
    expect(naming(others)).toBeUndefined();
    expect(naming(others, `${ROLE}-two`)).toBe('named');
    expect(() => naming({ Effect: 'Allow', NotPrincipal: { AWS: ROLE } })).toThrow('NotPrincipal with Allow');
  });
});
