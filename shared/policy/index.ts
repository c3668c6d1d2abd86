export { createPolicyEngine, type PolicyEngine } from './engine.ts';
export { factRefusal, factsOf } from './facts.ts';
export { authority } from './kinds.ts';
export type { PolicyRequest } from './situation.ts';
