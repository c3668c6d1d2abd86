import { readFile } from 'node:fs/promises';
import { validate } from '@cedar-policy/cedar-wasm/nodejs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Endpoint, effectOf } from '../../../shared/contracts/endpoint.ts';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import type { Fact } from '../../../shared/contracts/policy.ts';
import { Channel, Role } from '../../../shared/contracts/vocabulary.ts';
import { type Asker, createAccess, dutyOf, mayFollow, seesIncident, seesPersons } from '../../../shared/policy/access/index.ts';
import { readAccess } from '../../../statemachines/compile/access.ts';

const root = new URL('../../../', import.meta.url);
const all: readonly Endpoint[] = endpoints;
const access = createAccess(['rbpd', 'wpb-pd']);
/** `taking`: agencies that take part in a joint operation in force. */
const call = (asker: Asker, endpoint: Endpoint, taking: readonly string[] = []) =>
  access(asker, {
    action: 'call',
    id: endpoint.operation,
    roles: endpoint.roles,
    effect: effectOf(endpoint),
    shared: endpoint.shared === true,
    participants: endpoint.joint === true ? taking : [],
  });

/** The same rules, said once more in plain words of this language. */
const reference = ({ roles, agency, duty = 'unknown', partner }: Asker, endpoint: Endpoint, taking: readonly string[]): boolean =>
  endpoint.roles.some((role) => roles.includes(role)) &&
  (['rbpd', 'wpb-pd'].includes(agency) ||
    (partner === true && (endpoint.shared === true || (endpoint.joint === true && taking.includes(agency))))) &&
  !(roles.includes('auditor') && roles.includes('kernel_operator')) &&
  !(roles.includes('auditor') && effectOf(endpoint) === 'act' && endpoint.roles.includes('kernel_operator')) &&
  !(effectOf(endpoint) === 'act' && (roles.includes('admin') || duty === 'off'));

const asker = fc.record({
  roles: fc.subarray([...Role.options]),
  agency: fc.constantFrom('rbpd', 'wpb-pd', 'elsewhere', ''),
  duty: fc.constantFrom('on' as const, 'off' as const, 'unknown' as const),
  partner: fc.boolean(),
});

describe('who may call', () => {
  test('each role alone is let in where the endpoint lists it, and nowhere else', () => {
    for (const endpoint of all)
      for (const role of Role.options) {
        const allowed = call({ roles: [role], agency: 'rbpd', duty: 'on' }, endpoint).allowed;
        expect([endpoint.operation, role, allowed]).toEqual([endpoint.operation, role, endpoint.roles.includes(role)]);
      }
  });

  test('Cedar says what the declared lists and the five prohibitions say, whoever asks for whatever', () => {
    fc.assert(
      fc.property(asker, fc.constantFrom(...all), fc.subarray(['rbpd', 'elsewhere']), (person, endpoint, taking) => {
        expect(call(person, endpoint, taking).allowed).toBe(reference(person, endpoint, taking));
      }),
      { numRuns: 2000 },
    );
  });

  test('no endpoint that acts lists admin: the clause only holds what the lists already say', () => {
    expect(all.filter((endpoint) => effectOf(endpoint) === 'act' && endpoint.roles.includes('admin'))).toEqual([]);
  });

  const named = (operation: string) => all.find((endpoint) => endpoint.operation === operation) as Endpoint;
  test.each([
    ['somebody of another agency', { roles: ['dispatcher'], agency: 'elsewhere' }, 'agency'],
    ['an admin who is a supervisor too', { roles: ['admin', 'supervisor'], agency: 'rbpd' }, 'An admin'],
    ['a kernel operator who audits', { roles: ['kernel_operator', 'auditor', 'dispatcher'], agency: 'rbpd' }, 'does not audit'],
    ['whoever is off duty', { roles: ['dispatcher'], agency: 'rbpd', duty: 'off' }, 'off duty'],
    ['a watch commander who audits', { roles: ['watch_commander', 'auditor'], agency: 'rbpd' }, 'does not operate it', 'pauseKernel'],
  ] as [string, Asker, string, string?][])('%s is told why not', (_, person, words, operation = 'executeWorkflow') => {
    const { allowed, because } = call(person, named(operation));
    expect(allowed).toBe(false);
    expect(because.join(' ')).toContain(words);
  });
});

test('people of a partner agency are let into what is shared and into nothing else, whatever role they hold there', () => {
  const open = all.filter((endpoint) =>
    Role.options.some((role) => call({ roles: [role], agency: 'sheriff', partner: true, duty: 'on' }, endpoint).allowed),
  );
  const theirOwn = ['accept', 'assign', 'command', 'decline', 'end', 'renew'];
  expect(open.map(({ operation }) => operation).sort()).toEqual(
    [
      'createTicket',
      'getJointOperation',
      'listJointOperations',
      'sharedEvents',
      ...theirOwn.map((word) => (word === 'assign' ? 'assignJointUnits' : `${word}JointOperation`)),
    ].sort(),
  );
});

describe('while their agency takes part in a joint operation, people of a partner agency', () => {
  const sheriff: Asker = { roles: ['watch_commander'], agency: 'sheriff', partner: true, duty: 'on' };

  test('look at its picture and answer from its command, and are let into nothing else beside', () => {
    const more = all.filter((one) => call(sheriff, one, ['rbpd', 'sheriff']).allowed && !call(sheriff, one).allowed);
    expect(more.map(({ operation }) => operation).sort()).toEqual(['answerApproval', 'jointPicture']);
    expect(all.filter((one) => call(sheriff, one, ['rbpd', 'port']).allowed && !call(sheriff, one).allowed)).toEqual([]);
  });

  test('follow every channel and see its incidents, and nobody by name', () => {
    const follows = (asker: Asker) => Channel.options.filter((channel) => mayFollow(access, asker, channel, ['sheriff']));
    expect(follows(sheriff)).toEqual([...Channel.options]);
    expect(follows({ ...sheriff, agency: 'port' })).toEqual(['events']);
    expect([seesIncident(access, sheriff, ['sheriff']), seesIncident(access, sheriff, ['port']), seesPersons(access, sheriff)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test('are let into nothing once the agreement with their agency has run out', () => {
    const ended = { ...sheriff, partner: false };
    expect(all.filter((one) => call(ended, one, ['sheriff']).allowed)).toEqual([]);
    expect([mayFollow(access, ended, 'alerts', ['sheriff']), seesIncident(access, ended, ['sheriff'])]).toEqual([false, false]);
  });
});

describe('who may follow and see', () => {
  test('whoever may look may follow; a subsystem, nobody, and people of another agency may not', () => {
    const may = (roles: Role[], agency = 'rbpd') => Channel.options.map((channel) => mayFollow(access, { roles, agency }, channel));
    expect(may(['viewer'])).toEqual([true, true, true]);
    for (const none of [may(['subsystem']), may([]), may(['viewer'], 'elsewhere')]) expect(none).toEqual([false, false, false]);
  });

  test('people of a partner agency may follow the one channel on which they hear what is shared, and see nobody by name', () => {
    const sheriff = { roles: ['dispatcher' as const], agency: 'sheriff', partner: true };
    expect(Channel.options.filter((channel) => mayFollow(access, sheriff, channel))).toEqual(['events']);
    expect(seesPersons(access, sheriff)).toBe(false);
  });

  test('who somebody is is seen by those who respond, decide, treat and review', () => {
    const sees = (role: Role) => seesPersons(access, { roles: [role], agency: 'rbpd' });
    expect(Role.options.filter((role) => !sees(role))).toEqual(['viewer', 'admin', 'kernel_operator', 'subsystem']);
  });
});

test('every rule has its name, its sentence, and fits the schema', async () => {
  const texts = await readAccess(root);
  const schema = await readFile(new URL('shared/policy/access/schema.cedarschema', root), 'utf8');
  const answer = validate({ schema, policies: { staticPolicies: texts }, validationSettings: { mode: 'strict' } });
  expect(answer).toMatchObject({ type: 'success', validationErrors: [], validationWarnings: [] });
  for (const [name, text] of Object.entries(texts)) expect(text).toMatch(new RegExp(`@id\\("${name}"\\)\\n@why\\("`));
});

describe('duty', () => {
  const now = Date.UTC(2026, 10, 22, 17);
  const word = (status: string, recordedAt: string, more: Partial<Fact> = {}): Fact => ({
    kind: 'duty',
    subject: 'person/ann',
    value: { status },
    source: 'dispatch',
    eventKey: `dispatch#${recordedAt}`,
    recordedAt,
    expiresAt: '2026-11-23T00:00:00.000Z',
    ...more,
  });
  const [earlier, later] = ['2026-11-22T08:00:00.000Z', '2026-11-22T16:00:00.000Z'];

  test('the newest word counts, and only its authority’s', () => {
    expect(dutyOf([], now)).toBe('unknown');
    expect(dutyOf([word('on', earlier), word('off', later)], now)).toBe('off');
    expect(dutyOf([word('off', later), word('on', earlier)], now)).toBe('off');
    expect(dutyOf([word('off', later, { source: 'threat_intel' }), word('on', earlier)], now)).toBe('on');
  });

  test('a word that has run out says nothing, and does not bring back the one before', () => {
    expect(dutyOf([word('off', earlier), word('on', later, { expiresAt: later })], now)).toBe('unknown');
  });
});
