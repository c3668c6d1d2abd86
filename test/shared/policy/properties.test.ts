import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import type { Fact } from '../../../shared/contracts/policy.ts';
import { ActionType } from '../../../shared/contracts/vocabulary.ts';
import { createPolicyEngine, type PolicyRequest } from '../../../shared/policy/index.ts';
import { factKind } from '../../../shared/policy/kinds.ts';
import { council, exigency, fact, standing, warrant } from './given.ts';
import { approved, by, ofCity, situation } from './guardrails/pair.ts';

const engine = createPolicyEngine();
const everyClause = engine.clauses.map(({ id }) => id);

/** Facts of every sort: some that fit, some that do not. */
const pool: readonly Fact[] = [
  exigency,
  { ...exigency, value: { basis: 'curiosity', by: 'dispatch' }, eventKey: 'dispatch#2' },
  warrant(),
  { ...warrant({ scope: 'tracking and location', number: 'W-8', served: true }), eventKey: 'investigations#2' },
  { ...warrant({ scope: 'a camera at the door', number: 'W-9' }), eventKey: 'investigations#3' },
  council(),
  { ...council({ technologies: 'lpr' }), eventKey: 'public_guardian#2' },
  by('public_guardian', 'crowd-authorisation', { by: 'chief', people: 80, policy: 'GO-934' }),
  ofCity('declared-emergency', { by: 'county', number: '1' }, 'emergency_mgmt'),
  by('investigations', 'crime-nexus', { basis: 'weapon', by: 'det-4' }),
  by('investigations', 'crime-nexus', { basis: 'religion', by: 'det-4' }, 'investigations#nexus-2'),
  by('investigations', 'gang-nexus', { criteria: 2, by: 'det-4' }),
  by('investigations', 'case', { number: 'C-1', agent: 'det-4' }),
  by('investigations', 'evidence-custody', { hash: 'ab', custodian: 'room', hold: true }),
  ofCity('broadcast-authority', { system: 'IPAWS', by: 'county' }, 'emergency_mgmt'),
  fact('violence-observed', { what: 'fires', by: 'unit 1' }),
  fact('juvenile', { involved: true }),
  fact('premise-hazard', { hazard: 'dogs' }),
  fact('documentation', { reason: 'a', outcome: 'b', bodyCamera: 'c' }),
  by('fusion_cloud', 'vehicle-confirmation', { status: 'active', by: 'ORI' }),
  fact('plate-verified', { by: 'disp', plate: 'A', state: 'FL', vehicle: 'sedan' }),
  ...['child', 'abduction', 'danger', 'description', 'recommendation'].map((one) => by('investigations', `amber-${one}`, { by: 'det' })),
];

const args = fc.record(
  {
    purpose: fc.constantFrom('search', 'share', 'crowd-overview', 'damage-survey', 'disperse', 'request', 'spikes'),
    what: fc.constantFrom('cameras', 'lpr-history', 'lpr-one-plate', 'shelters'),
    to: fc.constantFrom('ems', 'state', 'fbi', 'zones', 'hospitals'),
    operation: fc.constantFrom('preserve', 'delete'),
    change: fc.constantFrom('add-record', 'purge-expired'),
    subject: fc.constantFrom('vehicle', 'attested-person'),
    index: fc.constantFrom('dea', 'ncic'),
    keepMinutes: fc.integer({ min: 1, max: 2000 }),
    recipients: fc.subarray(['fbi', 'dhs', 'state']),
    expires: fc.constantFrom('1h', '400h'),
    egress: fc.constantFrom('open', 'closed'),
    label: fc.constant('advice'),
  },
  { requiredKeys: [] },
);

const asked: fc.Arbitrary<PolicyRequest> = fc
  .record({
    action: fc.constantFrom(...ActionType.options),
    args,
    basis: fc.constantFrom('FS 934.50(4)(b)', 'FS 934.50(4)(c)', 'FS 934.50(4)(d)', '45 CFR 164.512(j)'),
    facts: fc.subarray([...pool]),
    type: fc.constantFrom('gunshot.detected', 'plate.hit', 'crisis.escalated', 'dv.reported'),
    yes: fc.boolean(),
    standing: fc.boolean(),
  })
  .map(({ action, type, yes, standing: stands, facts, ...more }) => ({
    ...situation(action, { ...more, incident: { type }, guardrails: everyClause, ...(yes ? { run: approved() } : {}) }),
    facts: [...facts, ...(stands ? standing : [])],
  }));

const refusals = (request: PolicyRequest): string[] =>
  engine.decide(request).clauses.flatMap(({ id, severity }) => (severity === 'BLOCKING' ? [id] : []));

const isAllowing = ({ kind }: Fact): boolean => factKind(kind)?.counts === 'one';

test.prop([asked, fc.nat()])('taking away a fact that allows never lifts a refusal', (request, nth) => {
  const allowing = request.facts.filter(isAllowing);
  const gone = allowing[nth % Math.max(1, allowing.length)];
  const less = { ...request, facts: request.facts.filter((one) => one !== gone) };
  expect(refusals(less)).toEqual(expect.arrayContaining(refusals(request)));
});

test.prop([asked, fc.nat()])('a fact that an AI source states is as good as none', (request, nth) => {
  const turned = request.facts[nth % Math.max(1, request.facts.length)];
  const claimed = request.facts.map((one) => (one === turned ? { ...one, source: 'ai_sentinel' as const } : one));
  const without = request.facts.filter((one) => one !== turned);
  expect(engine.decide({ ...request, facts: claimed })).toEqual(engine.decide({ ...request, facts: without }));
});

test.prop([asked])('whatever a caller claims, among the inputs or beside the arguments, changes nothing', (request) => {
  const claims = {
    facts: pool,
    warrant: { scope: 'aerial' },
    exigency: { basis: 'imminent danger to life' },
    approvers: 9,
    roles: ['chief'],
  };
  const step = { ...request.step, arguments: { ...request.step?.arguments, ...claims } };
  expect(engine.decide({ ...request, step, inputs: claims } as PolicyRequest)).toEqual(engine.decide(request));
});

const help = fc.constantFrom(
  { action: 'OFFICER_ALERT', to: 'nearby' } as const,
  { action: 'SUPERVISOR_ALERT', to: 'nearby' } as const,
  { action: 'NOTIFICATION_SEND', to: 'ems' } as const,
);

test.prop([asked, help])(
  'alerts and notices to EMS are permitted whatever objects, and masked where a juvenile or a victim is concerned',
  (request, { action, to }) => {
    const decision = engine.decide({ ...request, action, step: { ...request.step, arguments: { ...request.step?.arguments, to } } });
    expect(decision.verdict).toBe('permit');
    const concerned = request.incident.type === 'dv.reported' || request.facts.some(({ kind }) => kind === 'juvenile');
    expect(decision.redact.length > 0).toBe(concerned);
  },
);
