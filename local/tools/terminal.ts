import { styleText } from 'node:util';

export type Tone = 'plain' | 'good' | 'bad' | 'quiet' | 'strong';

const FORMATS = { good: 'green', bad: 'red', quiet: 'gray', strong: 'bold' } as const;

/** A terminal told line by line, with one status line under the lines that is redrawn in place. */
export interface Terminal {
  line(text: string, tone?: Tone): void;
  /** Replaces the status line; without a TTY it is not shown at all. */
  status(text: string): void;
  /** Takes the status line away. */
  done(): void;
}

interface Out {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

export const openTerminal = (out: Out, env: NodeJS.ProcessEnv = process.env): Terminal => {
  const live = out.isTTY === true;
  const colour = live && !env.NO_COLOR;
  const paint = (text: string, tone: Tone): string => (colour && tone !== 'plain' ? styleText(FORMATS[tone], text) : text);
  let under = '';
  const wipe = (shown: string): string => (shown ? '\r\u001b[2K' : '');
  return {
    line: (text, tone = 'plain') => out.write(`${live ? wipe(under) : ''}${paint(text, tone)}\n${live ? under : ''}`),
    status: (text) => {
      if (!live) return;
      out.write(wipe(under));
      under = text.slice(0, (out.columns ?? 80) - 1);
      out.write(under);
    },
    done: () => {
      if (live) out.write(wipe(under));
      under = '';
    },
  };
};
