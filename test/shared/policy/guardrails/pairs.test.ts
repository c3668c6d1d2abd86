import { expect, it } from 'vitest';
import { createPolicyEngine } from '../../../../shared/policy/index.ts';
import { civic } from './civic.ts';
import { constitutional } from './constitutional.ts';
import { drones } from './drones.ts';
import { ethical } from './ethical.ts';
import { legal } from './legal.ts';
import { operational } from './operational.ts';

const engine = createPolicyEngine();
const pairs = [...constitutional, ...drones, ...legal, ...ethical, ...operational, ...civic];

/** B, W, A and I as the domain has them. */
const LAW: Readonly<Record<string, string>> = {
  'advice-only': 'USE_OF_FORCE BLOCKING',
  airspace: 'LEGAL_GUARDRAIL BLOCKING',
  'amber-criteria': 'LEGAL_GUARDRAIL BLOCKING',
  'bias-detection': 'ETHICAL_GUARDRAIL BLOCKING',
  'bias-district-ratio': 'ETHICAL_GUARDRAIL WARNING',
  'broadcast-authority': 'EMERGENCY_PROTOCOL BLOCKING',
  'chain-of-command': 'DEPARTMENT_SOP BLOCKING',
  'community-trust': 'ETHICAL_GUARDRAIL ADVISORY',
  'criminal-intelligence': 'DATA_GOVERNANCE BLOCKING',
  'data-retention': 'DATA_GOVERNANCE BLOCKING',
  'de-escalation': 'DEPARTMENT_SOP WARNING',
  dignity: 'ETHICAL_GUARDRAIL BLOCKING',
  documentation: 'DEPARTMENT_SOP BLOCKING',
  'due-process': 'CONSTITUTIONAL BLOCKING',
  'evidence-handling': 'LEGAL_GUARDRAIL BLOCKING',
  'first-amendment': 'CONSTITUTIONAL BLOCKING',
  'florida-drone-statute': 'LEGAL_GUARDRAIL BLOCKING',
  'fourth-amendment-drone-surveillance': 'CONSTITUTIONAL BLOCKING',
  'fourth-amendment-tracking': 'CONSTITUTIONAL BLOCKING',
  hipaa: 'LEGAL_GUARDRAIL BLOCKING',
  'juvenile-and-victim-privacy': 'PRIVACY BLOCKING',
  'language-access': 'CIVIL_RIGHTS WARNING',
  'life-safety-review': 'EMERGENCY_PROTOCOL INFORMATIONAL',
  'moral-compass': 'MORAL_COMPASS WARNING',
  'no-emergency-network-isolation': 'EMERGENCY_PROTOCOL BLOCKING',
  'no-lockdown-on-hearsay': 'EMERGENCY_PROTOCOL BLOCKING',
  'no-risk-score-dispatch': 'ETHICAL_GUARDRAIL BLOCKING',
  'officer-safety-hazards': 'DEPARTMENT_SOP WARNING',
  'officer-safety-two-units': 'DEPARTMENT_SOP WARNING',
  proportionality: 'ETHICAL_GUARDRAIL WARNING',
  'public-safety-guardian': 'PUBLIC_SAFETY_GUARDIAN WARNING',
  'sharing-agreement': 'DATA_GOVERNANCE BLOCKING',
  'sop-in-force': 'DEPARTMENT_SOP WARNING',
  'surveillance-technology-authorisation': 'CITY_GOVERNANCE BLOCKING',
  'use-of-force': 'USE_OF_FORCE BLOCKING',
  'verified-hit': 'LEGAL_GUARDRAIL BLOCKING',
  'warrant-requirements': 'LEGAL_GUARDRAIL BLOCKING',
};
const VERDICTS: Readonly<Record<string, readonly string[]>> = {
  BLOCKING: ['refuse'],
  WARNING: ['refuse', 'ask'],
  ADVISORY: ['refuse', 'ask', 'alert'],
  INFORMATIONAL: ['refuse', 'ask', 'alert', 'record'],
};

it('every guardrail has the type and the severity that the domain gives it, and a pair of situations', () => {
  expect(Object.fromEntries(engine.clauses.map(({ id, type, severity }) => [id, `${type} ${severity}`]))).toEqual(LAW);
  expect([...new Set(pairs.map(({ clause }) => clause))].sort()).toEqual(Object.keys(LAW).sort());
});

it.each(pairs)('$clause is met by $fine', ({ clause, complies }) => {
  expect(engine.decide(complies).clauses.filter(({ id }) => id === clause)).toEqual([]);
});

it.each(pairs)('$clause objects to $wrong', ({ clause, breaks }) => {
  const decision = engine.decide(breaks);
  const objection = decision.clauses.find(({ id }) => id === clause);
  expect(objection?.refusal).toMatch(/\.$/);
  expect(objection?.citation).not.toBe('');
  const told = breaks.action === 'OFFICER_ALERT' ? ['permit'] : VERDICTS[objection?.severity ?? ''];
  expect(told).toContain(decision.verdict);
});
