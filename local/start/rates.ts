import { Refusal } from '../kernel/refusal.ts';

/** The share of calls, deliveries and invocations that go wrong. */
export interface Rates {
  readonly call: number;
  readonly delivery: number;
  readonly invocation: number;
}

const KINDS = ['call', 'delivery', 'invocation'] as const;

const rate = (text: string): number | undefined => {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return value >= 0 && value <= 1 ? value : undefined;
};

/** `0.01` is the rate of everything; `call=0.01,delivery=0.02` of what it names. */
export const ratesOf = (spec: string): Rates => {
  const whole = rate(spec);
  if (whole !== undefined) return { call: whole, delivery: whole, invocation: whole };
  const given = spec.split(',').map((part) => part.split('='));
  const rates = { call: 0, delivery: 0, invocation: 0 };
  for (const [name = '', text = '', ...more] of given) {
    const kind = KINDS.find((known) => known === name.trim());
    const value = rate(text);
    if (!kind || value === undefined || more.length > 0)
      throw new Refusal(
        `--faults is "${spec}": give one rate from 0 to 1, such as 0.01, or rates by name, such as call=0.01,delivery=0.02,invocation=0.005.`,
      );
    rates[kind] = value;
  }
  return rates;
};

/** As the welcome says it; undefined where nothing goes wrong on purpose. */
export const ratesInWords = (rates: Rates): string | undefined => {
  const said = KINDS.filter((kind) => rates[kind] > 0).map((kind) => `${(rates[kind] * 100).toLocaleString('en-US')} % of ${kind}s`);
  return said.length > 0 ? said.join(', ').replace('deliverys', 'deliveries') : undefined;
};
