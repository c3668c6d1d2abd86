export type { ParsedClause } from './clause.ts';
export { createPolicyEngine, type PolicyEngine } from './engine.ts';
export { EXIGENCY_MINUTES, factRefusal, factsOf } from './facts.ts';
export { authority } from './kinds.ts';
export type { PolicyRequest } from './situation.ts';
