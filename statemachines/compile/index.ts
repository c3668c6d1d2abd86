export type { Machine, State } from './asl.ts';
export { type Complaint, check } from './check/check.ts';
export { compile } from './compile.ts';
