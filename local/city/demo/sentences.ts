import type { Message } from '../../../shared/contracts/channel.ts';
import type { Line } from './story.ts';

/** How one journal entry reads in the terminal. */

interface Unit {
  readonly id: string;
  readonly distanceM?: number;
}

const word = (value: unknown): string => (typeof value === 'string' ? value : '');
const seconds = (ms: number | undefined): string => (ms === undefined ? '' : ` (${(ms / 1000).toFixed(1)} s)`);

const asked = ({ data }: Message): Line => {
  const units = ((data['units'] ?? []) as Unit[]).map(({ id, distanceM }) =>
    distanceM === undefined ? id : `${id} ${Math.round(distanceM)} m away`,
  );
  const whom = units.length > 0 ? units.join(', ') : word(data['subsystem']);
  return { text: `→ ${word(data['step'])}: ${word(data['action'])} asked of ${whom}`, tone: 'plain' };
};

/** Who is delivered to and who reads is left to the journal; the terminal tells what moves. */
const TOLD_STAGES = new Set(['ACCEPTED', 'EN_ROUTE', 'ON_SCENE']);

const progress = ({ data }: Message): Line | undefined => {
  const stage = word(data['stage']);
  if (!TOLD_STAGES.has(stage)) return undefined;
  const note = word(data['note']);
  return {
    text: `    ${word(data['by']) || word(data['step'])} ${stage.toLowerCase().replace('_', ' ')}${note ? `: ${note}` : ''}`,
    tone: 'quiet',
  };
};

const wrong = ({ kind, data }: Message): Line => {
  const why = [word(data['error']), word(data['cause']) || word(data['note'])].filter(Boolean).join(': ');
  return { text: `✗ ${word(data['step'])} ${kind.replace('step.', '')}${why ? `, ${why}` : ''}`, tone: 'bad' };
};

const started = ({ data, incidentId }: Message): Line => ({
  text: `✓ ${word(data['workflow'])} starts for incident ${incidentId}`,
  tone: 'strong',
});

const ended = ({ kind, data }: Message): Line => {
  const good = kind === 'workflow.completed';
  const how = kind.replace('workflow.', '').toUpperCase().replace('-', ' ');
  return {
    text: `${good ? '✓' : '✗'} ${word(data['workflow'])} ${how}${data['degraded'] === true ? ', degraded' : ''}`,
    tone: good ? 'strong' : 'bad',
  };
};

/** One line, or nothing where the journal says more than a newcomer wants to read. */
export const sentence = (message: Message, sinceAskedMs: number | undefined): Line | undefined => {
  const { kind, data } = message;
  const step = word(data['step']);
  if (kind === 'workflow.started') return started(message);
  if (kind.startsWith('workflow.')) return ended(message);
  if (kind === 'action.requested') return asked(message);
  if (kind === 'action.progress') return progress(message);
  if (kind === 'step.completed')
    return { text: `✓ ${step}${seconds(sinceAskedMs)}${word(data['note']) ? ` ${word(data['note'])}` : ''}`, tone: 'good' };
  if (kind === 'step.failed' || kind === 'step.refused' || kind === 'step.missed' || kind === 'step.held') return wrong(message);
  if (kind === 'step.undone' || kind === 'step.not-undone')
    return { text: `↺ ${step} ${kind.replace('step.', '').replace('-', ' ')}`, tone: 'quiet' };
  if (kind === 'approval.requested') return { text: `? ${step}: the ${word(data['ask']).replace('_', ' ')} is asked`, tone: 'strong' };
  if (kind === 'approval.answered')
    return {
      text: `✓ ${step}: ${word(data['answer'])}d by the ${word(data['role']).replace('_', ' ')}, “${word(data['reason'])}”`,
      tone: 'good',
    };
  if (kind === 'approval.expired') return { text: `✗ ${step}: nobody answered`, tone: 'bad' };
  return undefined;
};
