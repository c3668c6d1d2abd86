/** A block of commands in a page, and what the page says comes back. */
export interface Step {
  readonly commands: string;
  readonly shown: readonly string[];
}

/** The ```sh blocks of a page in their order, each with the ```text block that follows it before the next. */
export const stepsOf = (page: string): Step[] => {
  const blocks = [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, kind = '', text = '']) => ({ kind, text }));
  return blocks.flatMap(({ kind, text }, index) => {
    if (kind !== 'sh') return [];
    const next = blocks[index + 1];
    const shown = next?.kind === 'text' ? next.text.split('\n').filter((line) => line.trim() !== '') : [];
    return [{ commands: text, shown }];
  });
};

const MARK = '@@@ step';

/** One script of all steps, so that what one exports the next has; the mark tells their outputs apart. */
export const scriptOf = (steps: readonly Step[]): string => steps.map(({ commands }) => `echo '${MARK}'\n${commands}`).join('\n');

export const outputsOf = (output: string): string[] => output.split(`${MARK}\n`).slice(1);

/** `…` stands for anything, and spaces for any. */
const matcher = (line: string): RegExp =>
  new RegExp(
    line
      .trim()
      .split('…')
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+'))
      .join('.*'),
  );

/** The first line shown that the output does not have, after those before it; undefined where it has them all. */
export const missing = (shown: readonly string[], output: string): string | undefined => {
  let rest = output.split('\n');
  return shown.find((line) => {
    const at = rest.findIndex((given) => matcher(line).test(given));
    rest = rest.slice(at + 1);
    return at < 0;
  });
};
