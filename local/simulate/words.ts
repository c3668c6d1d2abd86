import type { Simulation } from '../../shared/contracts/simulation.ts';
import { isWorthALine, lineOf } from '../../statemachines/simulate/index.ts';

const block = (title: string, lines: readonly string[]): string[] =>
  lines.length > 0 ? ['', title, ...lines.map((line) => `  ${line}`)] : [];

const clausesMet = ({ judgements }: Simulation): string[] =>
  judgements.flatMap(({ step, action, verdict, clauses }) =>
    clauses.map(({ id, severity, citation, refusal }) => `${verdict}: ${step ?? action}, ${id} (${severity}, ${citation}). ${refusal}`),
  );

const sent = ({ sent: units }: Simulation): string[] =>
  units.map(
    ({ id, step, distanceM, fromS, untilS, who }) =>
      `${id} for ${step}, ${distanceM} m, from +${fromS} s ${untilS === undefined ? `until ${who ?? 'the end'} frees it` : `to +${untilS} s`}`,
  );

const cost = ({ cost: { units, aws } }: Simulation): string[] => [
  ...units.map(({ type, count, minutes }) => `${count} ${type}, ${minutes} unit minutes`),
  `${aws.stateTransitions} state transitions, ${aws.invocations} invocations, ${aws.events} events`,
];

/** A simulation as a person reads it. */
export const inWords = (simulation: Simulation): string => {
  const { workflow, version, status, degraded, seconds, trigger, startedBy, law, cause } = simulation;
  return [
    `${workflow} version ${version} under the law ${law}, started by ${startedBy}: ${trigger.fits ? '' : 'it would not start by itself, '}${trigger.why}`,
    ...block('What would happen', simulation.timeline.filter(isWorthALine).map(lineOf)),
    ...block('Who would be sent', sent(simulation)),
    ...block(
      'Who would not, and why',
      simulation.notSent.map(({ step, action, why }) => `${step} (${action}): ${why}`),
    ),
    ...block('Clauses met', clausesMet(simulation)),
    ...block(
      'Who would be asked',
      simulation.approvals.map(
        ({ step, ask, second, question, answer }) =>
          `${ask}${second ? ` and ${second}` : ''} for ${step}: ${question} (assumed: ${answer})`,
      ),
    ),
    ...block(
      'What would be missing',
      simulation.missing.map(({ step, action, error }) => `${step} (${action}): ${error}`),
    ),
    ...block(
      'What would be undone',
      simulation.undoing.map(({ step, undone, who }) => `${step}: ${undone ? 'undone' : (who ?? '')}`),
    ),
    ...block('Cost', cost(simulation)),
    '',
    `${status}${degraded ? ', degraded' : ''}, after ${seconds} s${cause ? `: ${cause}` : ''}. Nothing was started, held or told.`,
  ].join('\n');
};
