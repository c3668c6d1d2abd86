import type { Addresses } from '../serve.ts';
import type { Terminal } from '../tools/terminal.ts';
import type { Options } from './options.ts';
import { ratesInWords } from './rates.ts';

const EVENT = `'[{"EventBusName":"swoe","Source":"gunshot_detection","DetailType":"gunshot.detected","Detail":"{\\"specversion\\":\\"1.0\\",\\"id\\":\\"first-1\\",\\"source\\":\\"gunshot_detection\\",\\"type\\":\\"gunshot.detected\\",\\"data\\":{\\"location\\":{\\"lat\\":26.7753,\\"lon\\":-80.0581,\\"radiusM\\":25},\\"confidence\\":0.95}}"}]'`;

const UNITS: readonly (readonly [ms: number, name: string])[] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
];

const duration = (ms: number): string => {
  const [size, name] = UNITS.find(([unit]) => ms >= unit) ?? [1000, 's'];
  return `${(ms / size).toFixed(1)} ${name}`;
};

/** What is not as in life, one line each. */
export const unusual = ({ speed, rates, seed }: Pick<Options, 'speed' | 'rates' | 'seed'>, aheadMs: number): string[] => {
  const words = ratesInWords(rates);
  return [
    ...(speed === 1 ? [] : [`  Clock         runs ${speed} times as fast as life`]),
    ...(aheadMs === 0 ? [] : [`  Clock         ${duration(aheadMs)} ahead: it ran fast before, and never goes back`]),
    ...(words ? [`  Faults        ${words} go wrong on purpose; --seed ${seed} draws the same again`] : []),
  ];
};

/** Where everything is, when everything is there. */
export const welcome = (terminal: Terminal, { gateway, aws }: Addresses, lines: readonly string[]): void => {
  terminal.line('SWOE is up.', 'good');
  terminal.line(`  REST          ${gateway}/api/orchestration   (all paths: ${gateway}/)`);
  terminal.line(`  WebSocket     ${gateway.replace('http', 'ws')}/ws/orchestration/{events,workflow-status,alerts}`);
  terminal.line(`  AWS endpoint  ${aws}   (EventBridge, Step Functions, DynamoDB, SQS, Lambda, Scheduler, STS; it tells the rest)`);
  terminal.line('  A token       npm run -s token -- dispatcher');
  terminal.line('  First event   AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_DEFAULT_REGION=us-east-1 \\');
  terminal.line(`                aws --endpoint-url ${aws} events put-events --entries ${EVENT}`);
  for (const line of lines) terminal.line(line, 'strong');
};
