import { ActionType } from '../../../shared/contracts/vocabulary.ts';
import type { Observation } from '../observe.ts';
import type { Effect } from '../outside/city.ts';

const attemptOf = (actionId: string): number => Number(actionId.split('/')[2]);

/** An attempt may follow only one that failed, was called off, or had its time. */
const mayFollow = (before: Effect, at: number, skewMs: number): boolean =>
  before.said.has('failed') || before.cancelled.some((cancel) => cancel.at <= at) || at + skewMs >= before.at + before.asked.within * 1000;

/** An action is asked for in one wording however often, and done again under another id only when it failed. */
export const eachEffectOnce = ({ city, skewMs }: Observation): string[] => {
  const byStep = new Map<string, Effect[]>();
  for (const effect of city.effects.values()) {
    const { executionId, step } = effect.asked;
    byStep.set(`${executionId}/${step}`, [...(byStep.get(`${executionId}/${step}`) ?? []), effect]);
  }
  return [
    ...[...city.effects.values()].flatMap(({ asked, otherwise }) =>
      otherwise.map((words) => `${asked.actionId} was asked for again in other words: ${words}`),
    ),
    ...[...byStep.values()].flatMap((effects) =>
      effects
        .sort((a, b) => attemptOf(a.asked.actionId) - attemptOf(b.asked.actionId))
        .flatMap((effect, index) => {
          const before = effects[index - 1];
          return before && !mayFollow(before, effect.at, skewMs)
            ? [`${effect.asked.actionId} was done although the attempt before was under way or done`]
            : [];
        }),
    ),
  ];
};

/** What the journal says was asked for was, once; what a subsystem was asked for stands in the journal; what is completed was said to be. */
export const journalAndCityAgree = ({ city, journal, steps }: Observation): string[] => {
  const requested = new Map<unknown, number>();
  for (const { kind, data } of journal)
    if (kind === 'action.requested') requested.set(data['actionId'], (requested.get(data['actionId']) ?? 0) + 1);
  return [
    ...[...requested].flatMap(([actionId, times]) => (times > 1 ? [`${actionId} was written down as requested ${times} times`] : [])),
    ...[...city.effects.keys()].flatMap((actionId) =>
      requested.has(actionId) ? [] : [`${actionId} was asked for and nobody wrote it down`],
    ),
    ...steps.flatMap(({ actionId, status, subsystem }) => {
      if (subsystem === 'swoe' || (status !== 'COMPLETED' && status !== 'UNDONE')) return [];
      const effect = city.effects.get(actionId);
      if (status === 'COMPLETED' && !effect?.said.has('completed')) return [`${actionId} is COMPLETED and its subsystem never said so`];
      if (status === 'UNDONE' && !city.tombstones.has(actionId) && !effect?.cancelled.length)
        return [`${actionId} is UNDONE and its subsystem does not know`];
      return [];
    }),
  ];
};

/** A subsystem may keep silent, but it was asked; and what SWOE does itself it does in time. */
export const whatTimedOutWasAsked = ({ executions, city, brief }: Observation): string[] => {
  if (!brief) return [];
  const asked = new Set([...city.effects.values()].map(({ asked: { executionId, step } }) => `${executionId}/${step}`));
  return executions.flatMap(({ id, missing }) =>
    missing
      .filter(
        ({ step, action, error }) => error === 'States.Timeout' && ActionType.safeParse(action).success && !asked.has(`${id}/${step}`),
      )
      .map(({ step, action }) => `${id} went on without ${step} (${action}), and nobody had been asked for it`),
  );
};

/** A run that did not complete has taken back what a machine may take back, newest first, or said who must. */
export const undoneNewestFirst = ({ executions, steps, journal }: Observation): string[] =>
  executions.flatMap(({ id, status }) => {
    if (status === 'COMPLETED') return [];
    const own = journal.filter(({ executionId }) => executionId === id).sort((a, b) => a.seq - b.seq);
    const excused = new Set(own.filter(({ kind }) => kind === 'step.not-undone').map(({ data }) => data['step']));
    const left = steps.filter(
      (step) =>
        step.executionId === id &&
        step.subsystem !== 'swoe' &&
        step.undo === 'auto' &&
        (step.status === 'COMPLETED' || step.status === 'DISPATCHED'),
    );
    const started = new Map(steps.filter(({ executionId }) => executionId === id).map(({ step, startedAt }) => [step, startedAt]));
    const undone = own.filter(({ kind }) => kind === 'step.undone').map(({ data }) => started.get(String(data['step'])) ?? '');
    return [
      ...left.filter(({ step }) => !excused.has(step)).map(({ step }) => `${id} is ${status} and its ${step} was not undone`),
      ...(undone.some((at, index) => at > (undone[index - 1] ?? '~')) ? [`${id} was not undone newest first`] : []),
    ];
  });
