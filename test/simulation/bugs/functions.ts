import { bug, edit } from './bug.ts';

/** Bugs of the deployed functions and their stores. */
export const functionBugs = [
  bug(
    'a merge without its condition',
    'two ingesters each file the same incident under another one, and the second overwrites what the first wrote',
    edit(
      'shared/stores/incidents.ts',
      'return version === 0 ? incidents.putNew(item) : incidents.putOver(item, { version: [version], parent: [undefined] });',
      'return incidents.put(item);',
    ),
  ),
  bug(
    'a step written before its entry',
    'a crash between the two leaves a state that the journal does not know',
    edit(
      'functions/step/record.ts',
      'const done = await journal.commit(execution.incidentId, [...begun, ...entries], writes);',
      'const first = await journal.commit(execution.incidentId, [], writes);\n    if (!first.ok) return false;\n    const done = await journal.commit(execution.incidentId, [...begun, ...entries], []);',
    ),
  ),
  bug(
    'a lease without fencing',
    'each claim has the same number, so whoever held the unit before may still speak for it',
    edit('shared/domain/allocation/bundle.ts', 'fence: unit.fence + 1,\n  until,', 'fence: unit.fence,\n  until,'),
  ),
  bug(
    'a claim without its condition',
    'two runs that want the same unit in the same moment both get it',
    edit('shared/stores/resources.ts', "{ status: ['FREE'], fence: [unit.fence] }, resources.removeExisting),", '{}),'),
    edit('shared/stores/resources.ts', 'resources.putOver(head(next), { revision: [was.revision], ...be }),', 'resources.put(head(next)),'),
  ),
  bug(
    'a release that asks for no owner',
    'whoever held a unit once frees it from whoever holds it now',
    edit(
      'shared/domain/release.ts',
      "const done = unit?.status === 'HELD' && unit.fence === fence ? act(unit) : undefined;",
      'const done = unit ? act(unit) : undefined;',
    ),
    edit('shared/stores/resources.ts', '...turn(unit, unheld(unit, status), by(lease)),', '...turn(unit, unheld(unit, status)),'),
  ),
  bug(
    'a publish that skips a range',
    'the first entry of each stream is taken for published',
    edit('functions/publish/plan.ts', 'position.streams.get(stream)?.upTo ?? 0;', 'position.streams.get(stream)?.upTo ?? 1;'),
  ),
  bug(
    'a publish that counts a batch twice',
    'a second delivery of the same records is told again',
    edit('functions/publish/plan.ts', 'entries.filter(({ stream, seq }) => seq > upTo(position, stream)).map(', 'entries.map('),
  ),
  bug(
    'a sweep that never looks, where an end was not told',
    'an end that Step Functions told nobody of (its events are best effort) is never noticed',
    edit('functions/sweep/sweep.ts', 'if (!finding) continue;', 'if (!finding || finding) continue;'),
    edit(
      'functions/finish/handler.ts',
      'const { name, status, error, cause } = StatusChange.parse(detail);',
      "const { name, status, error, cause } = StatusChange.parse(detail);\n    if (status === 'ABORTED') return;",
    ),
  ),
  bug(
    'a sweep that forgets leases',
    'a unit whose run is over stays held for ever',
    edit(
      'functions/sweep/sweep.ts',
      "if (until === undefined) return endLease(deps)(lease, 'UNKNOWN', ACTOR);",
      'if (until === undefined) return false;',
    ),
  ),
  bug(
    'a start under a name of chance',
    'a start that is tried again is a second run',
    edit(
      'shared/lambda/machines.ts',
      'name: executionId, input }',
      'name: `${executionId}-${Math.random().toString(36).slice(2, 6)}`, input }',
    ),
  ),
  bug(
    'a match that is not written once',
    'a second delivery of an event is a second match',
    edit('functions/trigger/admit.ts', 'if (made) return again(deps, wanted, made);', ''),
    edit('shared/stores/executions.ts', 'executions.putNew({ pk: matchPk(match.eventKey)', 'executions.put({ pk: matchPk(match.eventKey)'),
  ),
  bug(
    'no dedupe',
    'a second delivery of a known event is accepted as another one',
    edit(
      'shared/stores/events.ts',
      'const head = met ? events.putInPlaceOf(MET, item) : events.putNew(item);',
      'const head = events.put(item);',
    ),
  ),
  bug(
    'an undo in the order of doing',
    'what was done first is undone first',
    edit('shared/domain/undo-plan.ts', 'a.startedAt < b.startedAt ? 1 : -1', 'a.startedAt < b.startedAt ? -1 : 1'),
  ),
  bug(
    'an undo said before it is told',
    'a crash between the two leaves an action that everybody takes for undone',
    edit(
      'functions/finish/compensate.ts',
      '[deps.executions.undoStep(step)]);',
      "[deps.executions.undoStep(step)]);\n  if (status === 'COMPLETED' || status === 'DISPATCHED') await deps.bus.announce(cancel);",
    ),
    edit(
      'functions/finish/compensate.ts',
      "await deps.bus.announce({\n    type: 'action.cancelled',",
      "const cancel = ({\n    type: 'action.cancelled',",
    ),
  ),
  bug(
    'an end without compensation',
    'a run that was stopped leaves its drone in the air',
    edit(
      'functions/finish/finish.ts',
      '  await compensate(deps)(execution, cause);',
      '  if (execution.degraded) await compensate(deps)(execution, cause);',
    ),
  ),
  bug(
    'a pause that holds nothing',
    'a supervisor takes a run out of the machine’s hands, and it sends the next unit all the same',
    edit('functions/step/perform.ts', "if (execution.status === 'PAUSED') return", "if (execution.status === 'QUEUED') return"),
  ),
  bug(
    'an engine whose pause holds no step',
    'an operator pauses the engine, and it sends the next unit all the same',
    edit('functions/step/perform.ts', 'if (!mayDispatch(engine)) return', "if (engine.state === 'STOPPED') return"),
  ),
  bug(
    'an engine whose pause holds no start',
    'an operator pauses the engine, and it begins the next response all the same',
    edit('functions/trigger/gate.ts', 'const room = mayStart(engine) ?', "const room = engine.state !== 'STOPPED' ?"),
  ),
  bug(
    'a drain that forgets',
    'what is taken out of the queue and not started at once is gone',
    edit('functions/trigger/drain.ts', 'if (match) await deps.begin(match);', 'if (match && item.token) await deps.begin(match);'),
    edit('functions/sweep/sweep.ts', "return 'never-started';", 'return undefined;'),
  ),
  bug(
    'a resume that wakes nobody',
    'what waited for the pause to end waits on, until its question runs out a day later',
    edit('functions/settle/control.ts', 'if (waiting.token) await tokens.succeed(waiting.token, { resumed: true });', ''),
  ),
  bug(
    'a hand-over under the old fence',
    'whoever held the unit before may still speak for it',
    edit(
      'shared/domain/hand-over.ts',
      'step, fence: unit.fence + 1, until, priority, origin };',
      'step, fence: unit.fence, until, priority, origin };',
    ),
  ),
  bug(
    'a settle that takes every delivery for the first',
    'a reply that comes twice is written down twice',
    edit(
      'shared/stores/executions.ts',
      "COMPLETED: ['RUNNING', 'DISPATCHED'],\n  FAILED: ['RUNNING', 'DISPATCHED', 'HELD'],",
      "COMPLETED: ['RUNNING', 'DISPATCHED', 'COMPLETED', 'FAILED'],\n  FAILED: ['RUNNING', 'DISPATCHED', 'HELD', 'COMPLETED'],",
    ),
    edit(
      'shared/stores/executions.ts',
      'executions.putNew({ pk: pk(id), sk: `REPLY#${busId}`',
      'executions.put({ pk: pk(id), sk: `REPLY#${busId}`',
    ),
  ),
  bug(
    'a token answered twice',
    'two people answer one question, and the second answer overrules the first',
    edit(
      'shared/stores/executions.ts',
      "executions.removeExisting('APPROVALS', approval.id);",
      "executions.remove('APPROVALS', approval.id);",
    ),
    edit('shared/stores/executions.ts', '      answer: [was.answer],\n', ''),
  ),
  bug(
    'a bad message acknowledged without a letter',
    'what cannot be read is gone without a trace',
    edit('functions/ingest/readable.ts', 'if (refusal) refused.push({ delivery, ...refusal });', 'if (refusal) continue;'),
  ),
  bug(
    'a failed message taken for done',
    'what could not be handled once is never handled',
    edit(
      'shared/lambda/doors.ts',
      '      throw error;\n    }\n  };\n  const handler = middy<SQSEvent',
      '    }\n  };\n  const handler = middy<SQSEvent',
    ),
    edit('shared/lambda/doors.ts', '      return [first.record.messageId];', '      return [];'),
  ),
  bug(
    'a journal that does not chain',
    'an entry holds nothing of the one before, so one could be taken out',
    edit('shared/stores/journal.ts', '      prev = placed.hash;\n', ''),
  ),
  bug(
    'a journal place that is not taken under a condition',
    'two writers take the same place in the chain, and one entry is gone',
    edit('shared/stores/journal.ts', 'journal.putNew({\n      pk: entry.stream,', 'journal.put({\n      pk: entry.stream,'),
  ),
  bug(
    'an action with a new id on every delivery',
    'a step whose command comes twice is done twice',
    edit(
      'functions/step/record.ts',
      'if (before && isUnderWay(known)) return { ...known, record: { ...before, token: command.token } };',
      '',
    ),
  ),
  bug(
    'a step that does not ask whether the run goes on',
    'an action is asked for after its run has ended',
    edit(
      'functions/step/record.ts',
      'executions.writeStep({ ...record, ...now }, before), executions.goesOn(execution), ...gate, ...more]',
      'executions.writeStep({ ...record, ...now }, before), ...gate, ...more]',
    ),
    edit(
      'functions/step/units.ts',
      "{ incidentId, actor: 'system/step', goesOn: deps.executions.goesOn(execution) }",
      "{ incidentId, actor: 'system/step' }",
    ),
  ),
  bug(
    'neighbours read before one is there oneself',
    'two events that race do not see each other, and one incident is two',
    edit('functions/ingest/look.ts', '  await deps.incidents.appear(happenings.map(seenOf));\n', ''),
    edit(
      'functions/ingest/look.ts',
      '  return surroundings;\n',
      '  await deps.incidents.appear(happenings.map(seenOf));\n  return surroundings;\n',
    ),
  ),
  bug(
    'a mark that nobody heeds',
    'an event that was met before it was stored takes itself for alone, and the one that met it waits for it in vain',
    edit('functions/ingest/accept.ts', '(!met.has(one.node) && isAlone(one))', 'isAlone(one)'),
  ),
  bug(
    'a neighbour that is not stored yet and is not marked',
    'two events that race each take the other for one that comes later',
    edit('functions/ingest/meet.ts', 'left.map((node) => events.meet(node, clock.now()))', 'left.map(async () => true)'),
  ),
  bug(
    'a merge that nobody is told of',
    'an incident joins another as if nobody had heard of it, and what was said of it is not found any more',
    edit('functions/ingest/fuse.ts', 'told: isTold(younger),', 'told: false,'),
  ),
  bug(
    'an incident that grows without end',
    'shots that wander up a street are one incident, however long the street',
    edit(
      'functions/ingest/fuse.ts',
      'if (!as.split && !(as.loose && outgrown(as.summary))) return undefined;',
      'if (as.version > 0) return undefined;',
    ),
  ),
  bug(
    'a second fusing',
    'a delivery that takes up what another one does says once more that the event is fused',
    edit('shared/stores/events.ts', '{ fused: [undefined], [MET]: [undefined] }', '{}'),
    edit('functions/ingest/settle.ts', 'new Set(waiting.filter((one) => one.fused).map(({ node }) => node))', 'new Set<string>()'),
  ),
];
