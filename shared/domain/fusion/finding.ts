/** What one condition of a rule found in a pair of observations. `says` has the value and the limit, in words that a dispatcher can quote. */
export interface Finding {
  readonly condition: 'time' | 'distance' | 'kind' | 'entity' | 'person' | 'contradiction' | 'threat' | 'score';
  readonly holds: boolean;
  readonly says: () => string;
  readonly values?: Readonly<Record<string, string | number>>;
}

/** One way in which a rule might relate a pair: its conditions, in the order in which they are asked. It does where all hold. */
export type Attempt = readonly (() => Finding)[];

/** `7 min 5 s`, `3 h`, `2 d 4 h`: the two largest parts. */
export const lasting = (ms: number): string => {
  const s = Math.round(ms / 1000);
  const parts: [number, string][] = [
    [Math.floor(s / 86_400), 'd'],
    [Math.floor(s / 3600) % 24, 'h'],
    [Math.floor(s / 60) % 60, 'min'],
    [s % 60, 's'],
  ];
  const told = parts.filter(([count]) => count > 0).slice(0, 2);
  return told.length > 0 ? told.map(([count, unit]) => `${count} ${unit}`).join(' ') : '0 s';
};

export const listed = (entity: string): string => entity.replace('#', ' ');
