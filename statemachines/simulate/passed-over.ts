import type { HistoryEvent } from '../interpret/protocol.ts';

const CONDITION = /^(.+)\.when$/;

/** Nodes whose conditions did not hold, among the events from `from` on: their Choice led elsewhere. */
export const passedOver = (history: readonly HistoryEvent[], from: number): string[] =>
  history.slice(from).flatMap(({ type, previousEventId, stateEnteredEventDetails }) => {
    const before = history[previousEventId - 1];
    if (!type.endsWith('StateEntered') || before?.type !== 'ChoiceStateExited') return [];
    const left = String((before.stateExitedEventDetails as { name?: string } | undefined)?.name ?? '');
    const [, node] = CONDITION.exec(left) ?? [];
    return node === undefined || stateEnteredEventDetails?.['name'] === node ? [] : [node];
  });
