export { check, checkAll } from './check/check.ts';
export { compile } from './compile.ts';
