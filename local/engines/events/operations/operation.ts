import { AwsError } from '../../../kernel/aws-error.ts';
import type { Ground } from '../../../kernel/engine.ts';
import type { Replays } from '../replays.ts';
import type { RuleClock } from '../rule-clock.ts';
import type { State } from '../state.ts';

export type Input = Record<string, unknown>;
export type Operation = (input: Input) => Record<string, unknown>;
export type Operations = Readonly<Record<string, Operation>>;

/** What the operations of the API work with. */
export interface Desk {
  readonly ground: Ground;
  readonly state: State;
  readonly replays: Replays;
  readonly clock: RuleClock;
  /** Throws where the port could not judge by this policy. */
  readonly checkPolicy: (policy: string) => void;
}

const MOST = 100;

export const invalid = (message: string): AwsError => new AwsError('ValidationException', message);

export const textIn = (input: Input, name: string): string => {
  const value = input[name];
  if (typeof value !== 'string' || value === '') throw invalid(`Parameter(s) ${name} must be specified.`);
  return value;
};

export const optionalText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** One page of a list; the token is the place of the next one. */
export const page = <T>(all: readonly T[], input: Input): { items: readonly T[]; NextToken: string | undefined } => {
  const limit = Number(input['Limit'] ?? MOST);
  const from = Number(input['NextToken'] ?? 0);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST) throw invalid(`Limit must be between 1 and ${MOST}.`);
  if (!Number.isInteger(from) || from < 0) throw invalid('Parameter NextToken is not valid.');
  return { items: all.slice(from, from + limit), NextToken: from + limit < all.length ? String(from + limit) : undefined };
};

export const startsWith = (prefix: unknown, name: string): boolean => name.startsWith(String(prefix ?? ''));

/** A moment as the SDK (Date) or the wire (seconds) gives it, in milliseconds. */
export const moment = (value: unknown, name: string): number => {
  const ms = value instanceof Date ? value.getTime() : typeof value === 'number' ? value * 1000 : Date.parse(String(value));
  if (!Number.isFinite(ms)) throw invalid(`Parameter ${name} is not valid.`);
  return ms;
};
