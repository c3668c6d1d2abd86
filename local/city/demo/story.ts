import type { Message } from '../../../shared/contracts/channel.ts';
import type { Tone } from '../../tools/terminal.ts';
import { sentence } from './sentences.ts';

export interface Line {
  readonly text: string;
  readonly tone: Tone;
}

export interface Ending {
  readonly status: 'COMPLETED' | 'FAILED' | 'CANCELLED' | 'TIMEOUT';
  readonly degraded: boolean;
  readonly missing: readonly { readonly step: string; readonly cause?: string }[];
  readonly cause: string;
}

/** What is known of the response so far. */
export interface Plot {
  readonly executionId?: string | undefined;
  readonly incidentId?: string | undefined;
  readonly units: readonly string[];
  /** Milliseconds from the shot to the first unit asked for. */
  readonly firstDispatchMs?: number | undefined;
  readonly settledSteps: number;
  readonly alerts: number;
  readonly ending?: Ending | undefined;
}

export interface Story {
  /** What a message of a channel adds to the story. Messages of other responses add nothing. */
  hear(channel: string, message: Message): Line[];
  /** Takes an ending from elsewhere, where the channel did not tell it. */
  end(ending: Ending): void;
  plot(): Plot;
}

const ENDINGS: Readonly<Record<string, Ending['status']>> = {
  'workflow.completed': 'COMPLETED',
  'workflow.failed': 'FAILED',
  'workflow.cancelled': 'CANCELLED',
  'workflow.timed-out': 'TIMEOUT',
};
const SETTLED = new Set(['step.completed', 'step.failed', 'step.refused', 'step.missed', 'approval.answered', 'approval.expired']);
/** Messages kept of responses not yet known to be ours: steps may be told before the workflow's start is. */
const KEPT = 500;

const endingOf = ({ kind, data }: Message): Ending | undefined => {
  const status = ENDINGS[kind];
  if (!status) return undefined;
  const missing = Array.isArray(data['missing']) ? (data['missing'] as Ending['missing']) : [];
  return { status, degraded: data['degraded'] === true, missing, cause: String(data['cause'] ?? '') };
};

/** Tells the response to our own events out of everything that happens. `began` is when the shot was put, in milliseconds. */
export const createStory = (keys: ReadonlySet<string>, began: number): Story => {
  let plot: Plot = { units: [], settledSteps: 0, alerts: 0 };
  const askedAt = new Map<string, number>();
  const settledSteps = new Set<string>();
  const kept: Message[] = [];

  const note = (message: Message): void => {
    const step = String(message.data['step'] ?? '');
    if (message.kind === 'step.started' || message.kind === 'action.requested') {
      if (!askedAt.has(step)) askedAt.set(step, Date.parse(message.at));
    }
    if (message.kind === 'action.requested') {
      const units = ((message.data['units'] ?? []) as { id: string }[]).map(({ id }) => id);
      const firstDispatchMs = plot.firstDispatchMs ?? (units.length > 0 ? Date.parse(message.at) - began : undefined);
      plot = { ...plot, firstDispatchMs, units: [...new Set([...plot.units, ...units])] };
    }
    if (SETTLED.has(message.kind)) settledSteps.add(step);
    plot = { ...plot, settledSteps: settledSteps.size, ending: plot.ending ?? endingOf(message) };
  };

  const tell = (message: Message): Line[] => {
    note(message);
    const started = askedAt.get(String(message.data['step'] ?? ''));
    const line = sentence(message, started === undefined ? undefined : Date.parse(message.at) - started);
    return line ? [line] : [];
  };

  const isStart = ({ kind, executionId, data }: Message): boolean =>
    kind === 'workflow.started' && executionId !== undefined && keys.has(String(data['eventKey']));

  const onEvents = ({ kind, data }: Message): Line[] =>
    kind === 'match.joined' && keys.has(String(data['eventKey']))
      ? [{ text: '✓ the report joins the response under way: one incident, one response', tone: 'good' }]
      : [];

  const onAlerts = ({ executionId }: Message): Line[] => {
    if (plot.executionId && executionId === plot.executionId) plot = { ...plot, alerts: plot.alerts + 1 };
    return [];
  };

  const onStatus = (message: Message): Line[] => {
    if (plot.executionId !== undefined) return message.executionId === plot.executionId ? tell(message) : [];
    if (isStart(message)) {
      plot = { ...plot, executionId: message.executionId, incidentId: message.incidentId };
      return [message, ...kept.filter(({ executionId }) => executionId === message.executionId)].flatMap(tell);
    }
    kept.push(message);
    if (kept.length > KEPT) kept.shift();
    return [];
  };

  return {
    hear: (channel, message) => {
      if (channel === 'events') return onEvents(message);
      return channel === 'alerts' ? onAlerts(message) : onStatus(message);
    },
    end: (ending) => {
      plot = { ...plot, ending: plot.ending ?? ending };
    },
    plot: () => plot,
  };
};
