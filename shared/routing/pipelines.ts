import type { Priority } from '../contracts/vocabulary.ts';

/** A queue and the room of functions/ that reads it. */
export interface Pipeline {
  readonly name: string;
  /** Who reads it: a room, or the subsystem outside that is asked. */
  readonly room: string;
  /** What lies in it. */
  readonly holds: string;
  /** The gravest of what may wait there: a lane of its own is where others' floods do not reach. */
  readonly gravest: Priority;
}

const table = {
  ingest: { room: 'ingest', holds: 'What sources say, to be normalised, screened and fused', gravest: 'HIGH' },
  'ingest-critical': { room: 'ingest', holds: 'The same of what is CRITICAL at first sight', gravest: 'CRITICAL' },
  register: { room: 'register', holds: 'What units and subsystems say of themselves', gravest: 'INFO' },
  trigger: { room: 'trigger', holds: 'What happened, to be held against the workflows', gravest: 'HIGH' },
  'trigger-critical': { room: 'trigger', holds: 'What happened and is CRITICAL, and all that a run waits for', gravest: 'CRITICAL' },
  settle: { room: 'settle', holds: 'Answers of subsystems and people to what a run asked', gravest: 'CRITICAL' },
  finish: { room: 'finish', holds: 'Runs that are to end, or did', gravest: 'CRITICAL' },
} as const satisfies Record<string, Omit<Pipeline, 'name'>>;

export type PipelineName = keyof typeof table;

type Own = { [N in PipelineName]: { readonly name: N } & (typeof table)[N] }[PipelineName];

/** SWOE's own pipelines. */
export const pipelines = Object.entries(table).map(([name, one]) => ({ name, ...one }) as Own);

/** The pipeline of what a subsystem is asked; its queue is polled by that subsystem alone. */
export const subsystemPipeline = (subsystem: string): Pipeline => ({
  name: `actions-${subsystem}`,
  room: subsystem,
  holds: `What ${subsystem} is asked to do`,
  gravest: 'CRITICAL',
});
