import type { Observation } from '../observe.ts';

/** Nothing lies in a queue that somebody reads, and nothing was given up. */
export const nothingIsLeftInQueues = ({ queues }: Observation): string[] =>
  [...queues].map(([name, { visible, inFlight, delayed }]) => `${name} holds ${visible + inFlight + delayed} messages`);

/** The machine itself had nothing to complain of. */
export const machineDoesNotComplain = ({ lines, noticed }: Observation): string[] => [
  ...lines
    .filter(({ from, level }) => from === 'machine' && level === 'ERROR')
    .map((line) => `the machine complained: ${JSON.stringify(line)}`),
  ...noticed,
];
