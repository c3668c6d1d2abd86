/** `2 OFFICER, 1 VEHICLE`. */
export const inWords = (counts: object): string =>
  Object.entries(counts)
    .map(([type, count]) => `${count} ${type}`)
    .join(', ');
