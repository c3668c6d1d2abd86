import { Cursor } from './cursor.ts';
import { checkPaths } from './static-checks.ts';
import type { Path } from './syntax.ts';

export const parseProjection = (source: string): readonly Path[] => {
  const cursor = new Cursor(source);
  const paths = [cursor.path()];
  while (cursor.takes(',')) paths.push(cursor.path());
  cursor.end();
  return checkPaths(paths);
};
