import type { Part } from '../kernel/layout.ts';
import type { ReadLog } from '../kernel/read-log.ts';
import type { Show } from './view.ts';

const countIn = (log: ReadLog): { records: number; byEngine: Map<string, number> } => {
  const byEngine = new Map<string, number>();
  let records = 0;
  log.replay((engine) => {
    records += 1;
    byEngine.set(engine, (byEngine.get(engine) ?? 0) + 1);
  });
  return { records, byEngine };
};

export const log: Show = async ({ log: read }) => {
  const { snapshot, segments, superseded } = read.layout;
  const row =
    (kind: string) =>
    ({ name, end, size }: Part) => ({ file: name, kind, bytes: size, torn: size - end || '' });
  const { byEngine } = countIn(read);
  return [
    {
      title: 'Files of the log',
      rows: [
        ...(snapshot ? [row('snapshot')(snapshot)] : []),
        ...segments.map(row('segment')),
        ...superseded.map((file) => ({ file, kind: 'superseded' })),
      ],
      none: 'the directory is fresh',
    },
    { title: 'Records', rows: [...byEngine].map(([engine, records]) => ({ engine, records })), none: 'none' },
  ];
};
