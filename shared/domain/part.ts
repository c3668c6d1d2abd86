/** Of several events that one message carries each counts as a delivery of its own: under the message's id and its place among them, from 0. */
export const partId = (busId: string, place: number): string => `${busId}.${place}`;

/** The place that such an id names; undefined for the id of a message with one event. */
export const placeOfPart = (id: string): number | undefined => {
  const [, place] = /\.(\d{1,4})$/.exec(id) ?? [];
  return place === undefined ? undefined : Number(place);
};
