import type { Entity } from '../../contracts/event.ts';
import type { Execution } from '../../contracts/execution.ts';

/** What the event of a run named, as it is known now, of kinds that an action discloses. Pure. */
export const tellable = ({ situation, input }: Pick<Execution, 'situation' | 'input'>, discloses: readonly string[]): Entity[] =>
  (situation?.entities ?? input.event?.entities ?? []).filter(({ kind }) => discloses.includes(kind));

/** The kinds among entities, each once. */
export const kindsOf = (entities: readonly Entity[]): string[] => [...new Set(entities.map(({ kind }) => kind))];
