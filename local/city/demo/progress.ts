const WIDTH = 24;

/** How many steps and questions a workflow has, wherever it nests them. */
export const stepsOf = (workflow: unknown): number => {
  if (Array.isArray(workflow)) return workflow.reduce((sum: number, part) => sum + stepsOf(part), 0);
  if (typeof workflow !== 'object' || workflow === null) return 0;
  const { kind } = workflow as { kind?: unknown };
  const own = kind === 'step' || kind === 'approval' ? 1 : 0;
  return Object.values(workflow).reduce((sum: number, part) => sum + stepsOf(part), own);
};

/** `[██████------] 6/12 steps, 8 s` */
export const bar = (done: number, total: number, ms: number): string => {
  const full = total === 0 ? 0 : Math.round((Math.min(done, total) / total) * WIDTH);
  return `[${'█'.repeat(full)}${'-'.repeat(WIDTH - full)}] ${Math.min(done, total)}/${total} steps, ${Math.floor(ms / 1000)} s`;
};
