import { AwsError } from '../../kernel/aws-error.ts';

const KEPT_MS = 10 * 60 * 1000;

/** The ClientRequestTokens of the last ten minutes: a transaction sent again under its token is answered, not run. */
export class Tokens {
  private readonly used = new Map<string, { readonly digest: number; readonly at: number }>();

  /** Whether this token was used for the same request; throws if it was used for another. */
  repeats(token: string, digest: number, now: number): boolean {
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

  remember(token: string, digest: number, at: number): void {
    this.forget(at);
    this.used.set(token, { digest, at });
  }

  known(now: number): { readonly token: string; readonly digest: number; readonly at: number }[] {
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
