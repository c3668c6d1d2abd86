export { type Explanation, explain, inWords } from './explain.ts';
export { type CompiledPattern, compilePattern, InvalidPattern } from './pattern.ts';
export { createPatternIndex } from './pattern-index.ts';
