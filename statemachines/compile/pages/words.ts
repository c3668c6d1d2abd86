/** A markdown table; cells may hold anything but line breaks. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|') || '–').join(' | ')} |`;
  return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)];
};

/** A section, left out where it would be empty. */
export const section = (title: string, lines: readonly string[], otherwise?: string): string[] => {
  if (lines.length > 0) return [`## ${title}`, '', ...lines, ''];
  return otherwise === undefined ? [] : [`## ${title}`, '', otherwise, ''];
};

/** 90 → `90 s`, 900 → `15 min`, 13630 → `3 h 47 min 10 s`. */
export const duration = (seconds: number): string => {
  if (seconds < 180) return `${seconds} s`;
  const parts: [number, string][] = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'min'],
    [seconds % 60, 's'],
  ];
  return parts.flatMap(([count, unit]) => (count > 0 ? [`${count} ${unit}`] : [])).join(' ');
};

export const code = (text: string): string => `\`${text}\``;

/** A condition as it is read, without what says that it is JSONata. */
export const shortly = (condition: string): string => condition.replace(/^\{%\s*|\s*%\}$/g, '').replaceAll('$states.input.', '');
