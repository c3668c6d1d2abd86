import type { Bus } from '../../../client/bus.ts';
import type { Subscription } from '../../../client/channel.ts';
import type { Rest } from '../../../client/rest.ts';
import type { Message } from '../../../shared/contracts/channel.ts';
import { Channel, type Role } from '../../../shared/contracts/vocabulary.ts';
import type { Scheduler } from '../../kernel/scheduler.ts';
import { pause } from '../../tools/pause.ts';
import type { Terminal } from '../../tools/terminal.ts';
import { createPeople } from '../people.ts';
import { reports } from './events.ts';
import { bar, stepsOf } from './progress.ts';
import { quietSpot, type Spot } from './spot.ts';
import { createStory, type Ending, type Plot, type Story } from './story.ts';
import { summary } from './summary.ts';

export interface Stage {
  readonly bus: Pick<Bus, 'put'>;
  readonly restAs: (role: Role) => Rest;
  readonly follow: (channel: Channel, hear: (message: Message) => void, onTrouble: (why: string) => void) => Promise<Subscription>;
  readonly scheduler: Scheduler;
  readonly terminal: Terminal;
  /** Where a reader finds REST: shown in the summary. */
  readonly gateway: string;
  readonly timeoutMs: number;
}

export interface DemoResult {
  readonly ok: boolean;
  readonly seconds: number;
  readonly executionId?: string | undefined;
  readonly incidentId?: string | undefined;
  readonly status?: Ending['status'] | undefined;
  readonly degraded?: boolean | undefined;
  /** What did not happen, where the demo failed. */
  readonly why?: string | undefined;
}

const WORKFLOW = 'gunfire-response';
const LOOK_MS = 500;
/** How long the channel may lag behind what REST already says. */
const LAG_MS = 3000;

type Ended = Ending['status'];
const ENDED: readonly Ended[] = ['COMPLETED', 'FAILED', 'CANCELLED', 'TIMEOUT'];

interface Run {
  readonly story: Story;
  readonly began: number;
  readonly steps: number;
  /** Set when there is nothing more to look for. */
  over: boolean;
}

/** The execution as REST tells it, for when a channel is silent. */
const endingByRest = async (rest: Rest, id: string): Promise<Ending | undefined> => {
  const { status, degraded, missing, cause = '' } = await rest.ask('getExecution', { params: { id } });
  const ended = ENDED.find((one) => one === status);
  return ended && { status: ended, degraded, missing, cause };
};

/** Looks twice a second: at the questions for the commander, and at whether the execution has ended. Ends with the story or with its time. */
const watch = async ({ restAs, scheduler, terminal, timeoutMs }: Stage, run: Run): Promise<void> => {
  const { story, began, steps } = run;
  const wait = pause(scheduler);
  const people = createPeople({ restAs, now: scheduler.now });
  let endedAt: number | undefined;
  while (!run.over && !story.plot().ending && scheduler.now() - began < timeoutMs) {
    const { executionId, settledSteps } = story.plot();
    terminal.status(bar(settledSteps, steps, scheduler.now() - began));
    if (executionId) {
      await people.look((question) => question.executionId === executionId);
      const ending = await endingByRest(restAs('viewer'), executionId);
      if (ending) endedAt ??= scheduler.now();
      if (ending && scheduler.now() - (endedAt ?? 0) >= LAG_MS) story.end(ending);
    }
    await wait(LOOK_MS);
  }
  terminal.done();
};

const whyNot = ({ executionId, ending, settledSteps }: Plot, timeoutMs: number): string | undefined => {
  const within = `within ${timeoutMs / 1000} s`;
  if (!executionId) return `No ${WORKFLOW} started ${within}: the shots did not get through ingest and trigger`;
  if (!ending) return `${WORKFLOW} did not end ${within}; ${settledSteps} steps are done (${executionId})`;
  return ending.status === 'COMPLETED' ? undefined : `${WORKFLOW} ended ${ending.status}: ${ending.cause || 'no cause given'}`;
};

/** Puts the three reports when their time has come. */
const putReports = async (stage: Stage, list: ReturnType<typeof reports>, began: number): Promise<void> => {
  for (const { afterMs, told, entry } of list) {
    await pause(stage.scheduler)(Math.max(0, began + afterMs - stage.scheduler.now()));
    stage.terminal.line(`${stamp(stage.scheduler.now() - began)} ● ${told}`);
    const { refused } = await stage.bus.put([entry]);
    if (refused[0]) throw new Error(`The bus refused the report: ${refused[0].code} ${refused[0].message}`);
  }
};

/** Where nothing happened lately; where that cannot be read, the first spot: what is wrong will show soon enough. */
const spotOf = async ({ restAs, scheduler }: Stage): Promise<Spot> => {
  const { items } = await restAs('viewer')
    .ask('fusedEvents', { query: { limit: 100 } })
    .catch(() => ({ items: [] }));
  return quietSpot(items, scheduler.now());
};

const stamp = (ms: number): string => `${(Math.max(0, ms) / 1000).toFixed(1).padStart(5)} s`;

/** Plays the story on a stage. Never throws: what went wrong is said and is in the result. */
export const perform = async (stage: Stage): Promise<DemoResult> => {
  const { scheduler, terminal, restAs, follow } = stage;
  const spot = await spotOf(stage);
  const began = scheduler.now();
  const list = reports(spot, new Date(began).toISOString().replace(/\D/g, ''), began);
  const story = createStory(new Set(list.map(({ key }) => key)), began);
  const hear = (channel: Channel) => (message: Message) => {
    for (const { text, tone } of story.hear(channel, message)) terminal.line(`${stamp(Date.parse(message.at) - began)} ${text}`, tone);
  };
  const subscriptions: Subscription[] = [];
  const result = (why: string | undefined): DemoResult => {
    const { executionId, incidentId, ending } = story.plot();
    const seconds = (scheduler.now() - began) / 1000;
    return { ok: why === undefined, seconds, executionId, incidentId, status: ending?.status, degraded: ending?.degraded, why };
  };
  try {
    for (const channel of Channel.options)
      subscriptions.push(await follow(channel, hear(channel), (why) => terminal.line(`        ${why}`, 'bad')));
    const steps = stepsOf(await restAs('viewer').ask('getWorkflow', { params: { name: WORKFLOW } }));
    const run: Run = { story, began, steps, over: false };
    const watching = watch(stage, run);
    await Promise.all([watching, putReports(stage, list, began)]).finally(() => {
      run.over = true;
    });
    const outcome = result(whyNot(story.plot(), stage.timeoutMs));
    for (const { text, tone } of summary(story.plot(), outcome, stage.gateway)) terminal.line(text, tone);
    return outcome;
  } catch (error) {
    const outcome = result(error instanceof Error ? error.message : String(error));
    terminal.done();
    for (const { text, tone } of summary(story.plot(), outcome, stage.gateway)) terminal.line(text, tone);
    return outcome;
  } finally {
    for (const subscription of subscriptions) subscription.close();
  }
};
