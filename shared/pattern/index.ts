export { type Explanation, explain, inWords } from './explain.ts';
export { type CompiledPattern, compilePattern, InvalidPattern } from './pattern.ts';
export { createPatternIndex, type PatternIndex } from './pattern-index.ts';
