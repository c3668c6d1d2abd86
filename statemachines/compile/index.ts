export type { Machine, State } from './asl.ts';
export { compile } from './compile.ts';
