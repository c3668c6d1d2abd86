export { type CompiledPattern, compilePattern, InvalidPattern } from './pattern.ts';
