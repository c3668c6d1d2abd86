import { AwsError } from '../../../kernel/aws-error.ts';
import type { Replay } from '../replays.ts';
import { type Desk, type Input, invalid, moment, type Operations, optionalText, page, startsWith, textIn } from './operation.ts';

const date = (ms: number | undefined): Date | undefined => (ms === undefined ? undefined : new Date(ms));

const listed = (replay: Replay): Record<string, unknown> => ({
  ReplayName: replay.name,
  EventSourceArn: replay.archiveArn,
  State: replay.state,
  EventStartTime: date(replay.from),
  EventEndTime: date(replay.to),
  EventLastReplayedTime: date(replay.replayedTo),
  ReplayStartTime: date(replay.startedAt),
  ReplayEndTime: date(replay.endedAt),
});

/** Replays of archives. */
export const replayOperations = ({ ground, state, replays }: Desk): Operations => {
  const replayIn = (input: Input): Replay => {
    const name = textIn(input, 'ReplayName');
    const replay = replays.get(name);
    if (!replay) throw new AwsError('ResourceNotFoundException', `Replay ${name} does not exist.`);
    return replay;
  };
  const begun = (input: Input): Replay => {
    const name = textIn(input, 'ReplayName');
    if (!/^[.\-_A-Za-z0-9]{1,64}$/.test(name)) throw invalid("The name of a replay has 1 to 64 letters, digits, '.', '-' or '_'.");
    if (replays.get(name)) throw new AwsError('ResourceAlreadyExistsException', `Replay ${name} already exists.`);
    const archiveArn = textIn(input, 'EventSourceArn');
    const archive = [...state.archives.values()].find(({ arn }) => arn === archiveArn);
    if (!archive) throw invalid(`Parameter EventSourceArn is not valid. Reason: Archive ${archiveArn} does not exist.`);
    const { Arn: busArn, FilterArns = [] } = (input['Destination'] ?? {}) as { Arn?: string; FilterArns?: string[] };
    if (busArn !== archive.properties.SourceArn)
      throw invalid('Parameter Destination.Arn is not valid. Reason: Cross event bus replay is not permitted.');
    const [from, to] = [moment(input['EventStartTime'], 'EventStartTime'), moment(input['EventEndTime'], 'EventEndTime')];
    if (from >= to) throw invalid('Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.');
    const startedAt = ground.scheduler.now();
    const description = optionalText(input['Description']);
    const arn = state.arnOf('replay', name);
    const more = { state: 'STARTING' as const, startedAt, endedAt: undefined, replayedTo: undefined };
    return { name, arn, description, archiveArn, busArn, filterArns: FilterArns, from, to, ...more };
  };

  return {
    StartReplay: (input) => {
      const replay = begun(input);
      replays.put(replay);
      replays.start(replay.name);
      return { ReplayArn: replay.arn, State: replay.state, ReplayStartTime: date(replay.startedAt) };
    },
    DescribeReplay: (input) => {
      const replay = replayIn(input);
      const Destination = { Arn: replay.busArn, FilterArns: replay.filterArns.length > 0 ? replay.filterArns : undefined };
      return { ...listed(replay), ReplayArn: replay.arn, Description: replay.description, Destination };
    },
    ListReplays: (input) => {
      const all = replays
        .all()
        .filter(
          ({ name, state: is, archiveArn }) =>
            startsWith(input['NamePrefix'], name) &&
            (input['State'] === undefined || input['State'] === is) &&
            (input['EventSourceArn'] === undefined || input['EventSourceArn'] === archiveArn),
        );
      const { items, NextToken } = page(all, input);
      return { Replays: items.map(listed), NextToken };
    },
    CancelReplay: (input) => {
      const replay = replayIn(input);
      if (replay.state !== 'STARTING' && replay.state !== 'RUNNING')
        throw new AwsError('IllegalStatusException', `Replay ${replay.name} is not in a valid state for this operation.`);
      replays.put({ ...replay, state: 'CANCELLED', endedAt: ground.scheduler.now() });
      return { ReplayArn: replay.arn, State: 'CANCELLING' };
    },
  };
};
