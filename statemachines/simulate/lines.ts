import type { Moment } from '../../shared/contracts/simulation.ts';

const listed = (values: Readonly<Record<string, unknown>>, join: string): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}${join}${String(value)}`)
    .join(' ');

/** What a moment says beside its kind and its step, shortest first. */
const details = ({ attempt, round, verdict, clauses = [], who, units = [], short, said, error }: Moment): string[] => [
  ...(round ? [`round ${round}`] : []),
  ...(attempt ? [`attempt ${attempt + 1}`] : []),
  ...(verdict ? [[verdict, ...clauses].join(' ')] : []),
  ...(who ? [`(${who})`] : []),
  ...(units.length > 0 ? [units.map(({ id, distanceM }) => `${id} ${distanceM} m`).join(', ')] : []),
  ...(short ? [`short of ${listed(short, ' ')}`] : []),
  ...(said ? [listed(said, '=')] : []),
  ...(error ? [error] : []),
];

/** One moment in a line: `+12.0s step.completed sendDrone`. */
export const lineOf = (moment: Moment): string =>
  [`+${moment.atS.toFixed(1)}s`, moment.kind, ...(moment.step ? [moment.step] : []), ...details(moment)].join(' ');

/** That no clause objected is the rule, and not told again and again. */
export const isWorthALine = ({ kind, clauses = [] }: Moment): boolean => kind !== 'guardrail.decided' || clauses.length > 0;
