import type { Machine } from '../local/machine.ts';

/** What an overload came to. Times in seconds, delays in ms, heap in MB. */
export interface Figures {
  readonly seconds: number;
  readonly drainSeconds: number;
  readonly sent: number;
  readonly flooded: number;
  readonly promised: number;
  readonly bound: number;
  /** Events that came to an end in a second while others came. */
  readonly perSecond: number;
  readonly ledger: {
    readonly accepted: number;
    readonly fused: number;
    readonly deadLettered: number;
    readonly dropped: Readonly<Record<string, number>>;
  };
  readonly critical: { readonly sent: number; readonly lost: number; readonly delays: readonly number[] };
  readonly peaks: { readonly heapMb: number; readonly waiting: number; readonly delayed: number; readonly visible: number };
  readonly units: ReturnType<Machine['counts']>;
}

const at = (sorted: readonly number[], share: number): string => (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(0);

const unitsOf = ({ units, sent }: Figures): string[] =>
  Object.entries(units)
    .flatMap(([service, counts]) => Object.entries(counts).map(([unit, n]) => `| ${service}: ${unit} | ${(n / sent).toFixed(3)} |`))
    .sort();

/** The figures as text, and whether nothing CRITICAL was lost and the ledger closed. */
export const report = (figures: Figures, machine: string): { text: string; holds: boolean } => {
  const { seconds, drainSeconds, sent, flooded, promised, bound, perSecond, ledger, critical, peaks } = figures;
  const { accepted, fused, dropped, deadLettered } = ledger;
  const gone = Object.values(dropped).reduce((sum, n) => sum + n, 0);
  const delays = [...critical.delays].sort((a, b) => a - b);
  const closes = accepted === fused + gone + deadLettered && accepted === sent;
  const text = `${machine}

| | |
|---|---:|
| said in ${seconds.toFixed(1)} s | ${sent} |
| of that by the flooded source, which is promised ${promised} a second | ${flooded}, ${(flooded / seconds / promised).toFixed(1)} times as much |
| events that came to their end, a second | ${perSecond.toFixed(0)} |
| seconds until the last one did | ${drainSeconds.toFixed(1)} |
| CRITICAL lost | ${critical.lost} of ${critical.sent} |
| CRITICAL from put to fused, ms: median, 99 %, longest | ${at(delays, 0.5)}, ${at(delays, 0.99)}, ${at(delays, 1)} |
${Object.entries(dropped)
  .sort()
  .map(([reason, n]) => `| dropped, ${reason} | ${n} |`)
  .join('\n')}
| most that waited for their turn, the bound being ${bound} | ${peaks.waiting} |
| most in the queue that its clock had not let out yet | ${peaks.delayed} |
| most in the queue that waited for a function | ${peaks.visible} |
| most heap | ${peaks.heapMb.toFixed(0)} MB |

${accepted} accepted = ${fused} fused + ${gone} dropped + ${deadLettered} dead-lettered: ${closes ? 'the ledger closes' : 'THE LEDGER IS OPEN'}

| AWS units, an event of those that were said | |
|---|---:|
${unitsOf(figures).join('\n')}
`;
  return { text, holds: closes && critical.lost === 0 && peaks.waiting <= bound };
};
