import type * as z from 'zod';
import type { endpoints, Operation } from '../endpoints.ts';

type BodyOf<O extends Operation> =
  Extract<(typeof endpoints)[number], { operation: O }> extends { body: infer B extends z.ZodType } ? z.input<B> : never;

const LOCATION = { lat: 26.7753, lon: -80.0581, radiusM: 25 };
const SHOT = {
  specversion: '1.0',
  id: 'shot-4711',
  source: 'gunshot_detection',
  type: 'gunshot.detected',
  time: '2026-11-22T17:00:00.000Z',
  data: { location: LOCATION, confidence: 0.93, summary: 'Three rounds, Marina Way' },
} as const;

/** Bodies as somebody would send them. */
export const examples: { readonly [O in Operation]?: BodyOf<O> } = {
  executeWorkflow: { workflow: 'gunfire-response', location: LOCATION, reason: 'Caller heard shots; no sensor there', inputs: {} },
  simulate: { workflow: 'gunfire-response', event: SHOT, approvals: { releasePrediction: 'refuse' } },
  pauseExecution: { reason: 'Units report that the scene is clear' },
  resumeExecution: { reason: 'A second caller; the scene is not clear' },
  cancelExecution: { reason: 'Fireworks, seen by the patrol' },
  redriveExecution: { reason: 'The drone is back in service' },
  ingestEvent: SHOT,
  fuseEvents: { eventKey: 'gunshot_detection#shot-4711', reason: 'Two callers tell of the same shots' },
  redriveDeadLetter: { reason: 'The feed sent no type', body: SHOT },
  discardDeadLetter: { reason: 'A test of the feed' },
  checkPolicy: { workflow: 'gunfire-response', step: 'sendDrone' },
  answerApproval: {
    answer: 'approve',
    reason: 'Two patrols ask for it',
    factsHash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  },
  createTicket: { channel: 'alerts' },
};
