import { AwsError } from '../../kernel/aws-error.ts';
import type { OwnService } from './own.ts';

interface Line {
  readonly at: number;
  readonly line: object;
}

/** The last log lines of each function, for `aws logs tail`. Everything ever said stands in swoe.log. */
export interface LineStore {
  add(from: string, line: object): void;
  of(from: string): readonly Line[];
  names(): string[];
}

const KEPT = 1000;

export const createLineStore = (now: () => number): LineStore => {
  const all = new Map<string, Line[]>();
  return {
    add: (from, line) => {
      const lines = all.get(from) ?? [];
      all.set(from, lines);
      lines.push({ at: now(), line });
      if (lines.length >= 2 * KEPT) lines.splice(0, lines.length - KEPT);
    },
    of: (from) => (all.get(from) ?? []).slice(-KEPT),
    names: () => [...all.keys()],
  };
};

const PREFIX = '/aws/lambda/';
const STREAM = 'local';

type Fields = Record<string, unknown>;

/** The one stream of a group; every function has one group. */
const groupIn = ({ logGroupName, logGroupIdentifier }: Fields, known: readonly string[]): string => {
  const name = String(logGroupName ?? logGroupIdentifier).replace(/^arn:aws:logs:[^:]*:[^:]*:log-group:/, '');
  const from = name.startsWith(PREFIX) ? name.slice(PREFIX.length) : '';
  if (!known.includes(from))
    throw new AwsError('ResourceNotFoundException', `The specified log group does not exist: the functions have ${PREFIX}<name>`);
  return from;
};

/** Words in quotes or bare, all of which a line must have: the plain half of CloudWatch's patterns. */
const holds = (pattern: unknown): ((text: string) => boolean) => {
  const text = String(pattern ?? '').trim();
  if (/^[{[%]/.test(text))
    throw new AwsError(
      'InvalidParameterException',
      'Filter patterns are words here, such as "invocation.failed": JSON patterns are not served.',
    );
  const words = [...text.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
  return (line) => words.every((word) => line.includes(word));
};

const events = (lines: readonly Line[], { startTime, endTime, filterPattern, limit }: Fields) => {
  const fits = holds(filterPattern);
  return lines
    .map(({ at, line }) => ({ at, text: JSON.stringify(line) }))
    .filter(({ at, text }) => at >= Number(startTime ?? 0) && at <= Number(endTime ?? Number.MAX_SAFE_INTEGER) && fits(text))
    .slice(0, Number(limit ?? 10_000))
    .map(({ at, text }, index) => ({ timestamp: at, ingestionTime: at, message: text, logStreamName: STREAM, eventId: `${at}-${index}` }));
};

/** CloudWatch Logs, as far as reading what functions said lately. */
export const logs: OwnService = ({ lines, template, region, account }) => {
  const functions = () => template.ofType('AWS::Lambda::Function').map(({ ref }) => ref);
  return (operation, input) => {
    switch (operation) {
      case 'DescribeLogGroups': {
        const prefix = String(input['logGroupNamePrefix'] ?? '');
        const names = functions().map((name) => `${PREFIX}${name}`);
        const arn = (name: string) => `arn:aws:logs:${region}:${account}:log-group:${name}`;
        return {
          logGroups: names
            .filter((name) => name.startsWith(prefix))
            .map((logGroupName) => ({ logGroupName, arn: `${arn(logGroupName)}:*` })),
        };
      }
      case 'DescribeLogStreams':
        groupIn(input, functions());
        return { logStreams: [{ logStreamName: STREAM }] };
      case 'FilterLogEvents':
      case 'GetLogEvents':
        return { events: events(lines.of(groupIn(input, functions())), input), searchedLogStreams: [] };
      default:
        return undefined;
    }
  };
};
