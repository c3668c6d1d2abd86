import { readFileSync } from 'node:fs';
import { type Profiler, Session } from 'node:inspector/promises';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';

/** Where the processor's time of a run went, by room: self time of a sampled CPU profile, bundles read through their source maps. */

type Frame = Profiler.ProfileNode['callFrame'];

const ROOMS: readonly (readonly [pattern: RegExp, room: string])[] = [
  [/@cedar-policy|^wasm:/, 'policy: Cedar'],
  [/shared\/policy|authorise/, 'policy: facts and verdicts'],
  [/local\/engines\/dynamodb/, 'engine: DynamoDB'],
  [/local\/engines\/events|shared\/pattern/, 'engine: EventBridge'],
  [/local\/engines\/queues/, 'engine: SQS'],
  [/local\/engines\/functions/, 'engine: Lambda'],
  [/local\/engines\/states|statemachines\/interpret|jsonata/, 'engine: Step Functions'],
  [/local\/engines\/gateway|local\/engines\/identity/, 'engine: API Gateway'],
  [/local\/port/, 'IAM'],
  [/local\/kernel/, 'log and clock'],
  [/@aws-sdk|@smithy|shared\/lambda\/(clients|retry|short-circuit|documents)/, 'SDK and its short circuit'],
  [/zod/, 'contracts: zod'],
  [/shared\/stores\/journal|shared\/lambda\/ids/, 'journal: chain and hashes'],
  [/@middy|powertools|shared\/lambda/, 'doors of functions'],
  [/shared\/stores/, 'stores'],
  [/functions\/step\/(allocate|nearest)|stores\/resources/, 'allocation'],
  [/functions\/|shared\/domain|workflows\//, 'rooms of functions'],
  [/bench\//, 'the bench itself'],
];

const maps = new Map<string, SourceMap | undefined>();
const mapOf = (url: string): SourceMap | undefined => {
  if (!maps.has(url)) {
    try {
      maps.set(url, new SourceMap(JSON.parse(readFileSync(`${fileURLToPath(url)}.map`, 'utf8'))));
    } catch {
      maps.set(url, undefined);
    }
  }
  return maps.get(url);
};

const fileOf = ({ url, lineNumber, columnNumber }: Frame): string => {
  const entry = url.endsWith('.mjs') ? mapOf(url)?.findEntry(lineNumber, columnNumber) : undefined;
  return entry && 'originalSource' in entry ? String(entry.originalSource) : url;
};

const roomOf = (frame: Frame): string => {
  if (frame.functionName.startsWith('(')) return frame.functionName === '(garbage collector)' ? 'garbage collection' : frame.functionName;
  const file = fileOf(frame);
  return ROOMS.find(([pattern]) => pattern.test(file))?.[1] ?? 'Node itself: JSON, hashes, promises';
};

export interface Share {
  readonly room: string;
  /** Of the time in which the processor was not idle, 0 to 1. */
  readonly share: number;
}

/** Runs `work` under the profiler. */
export const sharesOf = async (work: () => Promise<void>): Promise<Share[]> => {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 1000 });
  await session.post('Profiler.start');
  await work();
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  const rooms = new Map(profile.nodes.map(({ id, callFrame }) => [id, roomOf(callFrame)]));
  const spent = new Map<string, number>();
  for (const [at, id] of (profile.samples ?? []).entries()) {
    const room = rooms.get(id) ?? '(unknown)';
    spent.set(room, (spent.get(room) ?? 0) + (profile.timeDeltas?.[at] ?? 0));
  }
  spent.delete('(idle)');
  const whole = [...spent.values()].reduce((sum, one) => sum + one, 0);
  return [...spent].map(([room, time]) => ({ room, share: time / whole })).sort((a, b) => b.share - a.share);
};
