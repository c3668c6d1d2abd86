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

/** 90 → `90 s`, 900 → `15 min`, 28800 → `8 h`. */
export const duration = (seconds: number): string => {
  if (seconds >= 3600 && seconds % 3600 === 0) return `${seconds / 3600} h`;
  return seconds >= 180 && seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
};

export const code = (text: string): string => `\`${text}\``;

/** A condition as it is read, without what says that it is JSONata. */
export const shortly = (condition: string): string => condition.replace(/^\{%\s*|\s*%\}$/g, '').replaceAll('$states.input.', '');
