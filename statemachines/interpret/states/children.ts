import type { Children } from '../execution.ts';

export const childrenOf = (over: Partial<Children>): Children => ({
  frames: [],
  results: [],
  open: 0,
  settled: false,
  items: [],
  nextItem: 0,
  concurrency: Number.POSITIVE_INFINITY,
  failures: 0,
  total: 0,
  ...over,
});
