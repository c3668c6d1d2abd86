import type { Observation } from '../observe.ts';

/** Letters for whoever is called at night: that help went out, while the journal could not be written. */
const LETTERS = 'swoe-dev-sweep-dlq';

/** Nothing lies in a queue that somebody reads, and nothing was given up. */
export const nothingIsLeftInQueues = ({ queues, journal }: Observation): string[] =>
  [...queues]
    .filter(([name]) => name !== LETTERS || !journal.some(({ kind }) => kind === 'audit.spooled'))
    .map(([name, { visible, inFlight, delayed }]) => `${name} holds ${visible + inFlight + delayed} messages`);

/** The machine itself had nothing to complain of. */
export const machineDoesNotComplain = ({ lines, noticed }: Observation): string[] => [
  ...lines
    .filter(({ from, level }) => from === 'machine' && level === 'ERROR')
    .map((line) => `the machine complained: ${JSON.stringify(line)}`),
  ...noticed,
];
