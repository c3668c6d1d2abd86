import { Logger } from '@aws-lambda-powertools/logger';
import type { LogSink } from './runtime.ts';

/** What SWOE says in its log: every line by name, with ids and reasons only, never what an event holds about a person. */
export const LINES = {
  'message.failed': 'A message could not be handled and will be delivered again',
  'batch.failed': 'A batch could not be handled together and is handled message by message',
  'event.refused': 'An event was refused and buried with its reason',
  'source.unjudged': "A source's turns or repeats could not be read or written; what may not wait goes on",
  'drop.failed': 'What was shed or repeated could not be written down and will be delivered again',
  'delay.failed': 'A message could not be put back to wait and will be delivered again',
  'invocation.failed': 'An invocation failed',
  'push.failed': 'A frame could not be pushed to a connection',
  'start.failed': 'A workflow could not be started and will be tried again',
  'token.expired': 'The state machine had already given up on this step',
  'undo.failed': 'An undo could not be sent; the others go on',
  'drain.failed': 'What waits for the engine could not be let go; it stays where it is, and the others go',
  'command.refused': "A person's command to a run came too late, or does not fit it",
  'deadline.left': 'The schedule of a deadline could not be taken away; it will fire into nothing',
  'sweep.found': 'The sweep found something overdue',
  'sharing.unreachable': 'An agency that was told of an event is no longer in the stage, and cannot be told that the event was corrected',
  'audit.unwritten': 'What a person did could not be written into the journal',
  'audit.spooled': 'The journal could not be written: what goes out all the same waits for it in the spool',
  'audit.broken': 'A chain of the journal does not follow from what was signed: somebody changed it, or something lost a part of it',
  'poll.put': 'A public feed had news, which was put on the bus',
  'poll.failed': 'A public feed could not be read, or not all of it put; the next minute tries again',
} as const;

export const say = (sink: LogSink, level: 'info' | 'warn' | 'error', line: keyof typeof LINES, fields: Record<string, unknown>): void =>
  sink[level](LINES[line], { line, ...fields });

/** An error as a log line may show it: name and message, no stack. */
export const errorFields = (error: unknown): { error: string; cause: string } =>
  error instanceof Error
    ? { error: error.name, cause: error.message.slice(0, 500) }
    : { error: 'Error', cause: String(error).slice(0, 500) };

/** CloudWatch's sink. */
export const powertoolsSink = (serviceName: string): LogSink => {
  const logger = new Logger({ serviceName });
  return {
    info: (message, fields) => logger.info(message, fields as never),
    warn: (message, fields) => logger.warn(message, fields as never),
    error: (message, fields) => logger.error(message, fields as never),
  };
};
