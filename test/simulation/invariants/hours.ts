import { addFigures, balance, noFigures } from '../../../shared/domain/figures.ts';
import { noCounts } from '../../../shared/stores/channels.ts';
import type { Observation } from '../observe.ts';

const EVENTS = ['accepted', 'fused', 'deadLettered', 'matched', 'started', 'joined', 'refused', 'queued'] as const;

/** Each source's every hour comes to 0 in flight, whenever its events ended, and all of them together are the ledger. */
export const everyHourCloses = ({ hours, published }: Observation): string[] => {
  const open = hours.filter(({ figures }) => !balance(figures).closes);
  const total = hours.map(({ figures }) => figures).reduce(addFigures, noFigures());
  const ledger = published.map(({ counts }) => counts).reduce(addFigures, noCounts());
  return [
    ...open.map(({ source, hour, figures }) => `${source} in ${hour} does not close: ${JSON.stringify(figures)}`),
    ...EVENTS.flatMap((figure) =>
      total[figure] === ledger[figure] ? [] : [`the hours say ${total[figure]} ${figure}, the ledger ${ledger[figure]}`],
    ),
    ...(total.failed === ledger.failedToStart ? [] : [`the hours say ${total.failed} failed to start, the ledger ${ledger.failedToStart}`]),
  ];
};
