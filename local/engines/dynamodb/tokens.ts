import { createHash } from 'node:crypto';
import { AwsError } from '../../kernel/aws-error.ts';
import { base64Of } from './values/binary.ts';

const KEPT_MS = 10 * 60 * 1000;

const canonical = (value: unknown): unknown => {
  if (value instanceof Uint8Array) return base64Of(value);
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .filter(([, child]) => child !== undefined && child !== null)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, child]) => [name, canonical(child)]);
};

/** Equal for requests that ask for the same, whatever the order of their members. */
export const digestOf = (value: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(canonical(value)))
    .digest('base64');

/** The ClientRequestTokens of the last ten minutes: a transaction sent again under its token is answered, not run. */
export class Tokens {
  private readonly used = new Map<string, { readonly digest: string; readonly at: number }>();

  /** Whether this token was used for the same request; throws if it was used for another. */
  repeats(token: string, digest: string, now: number): boolean {
    this.forget(now);
    const earlier = this.used.get(token);
    if (earlier && earlier.digest !== digest) {
      throw new AwsError(
        'IdempotentParameterMismatchException',
        'Request parameters do not match the ones that this client token was first used with within the last 10 minutes',
      );
    }
    return earlier !== undefined;
  }

  remember(token: string, digest: string, at: number): void {
    this.forget(at);
    this.used.set(token, { digest, at });
  }

  known(now: number): { readonly token: string; readonly digest: string; readonly at: number }[] {
    this.forget(now);
    return [...this.used].map(([token, use]) => ({ token, ...use }));
  }

  private forget(now: number): void {
    for (const [token, { at }] of this.used) {
      if (at + KEPT_MS > now) return;
      this.used.delete(token);
    }
  }
}
