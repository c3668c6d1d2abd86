export { check } from './check/check.ts';
export { compile } from './compile.ts';
