import { type Fields, isObject, jsonIn } from './carried.ts';
import type { Adapted, Format } from './format.ts';
import { inside, refuse } from './refuse.ts';
import { several } from './several.ts';

/** A feed's format as it speaks of one GeoJSON Feature. */
interface OfFeature {
  readonly name: string;
  readonly recognises: (properties: Fields) => boolean;
  readonly adapt: (feature: unknown, busTime: number) => Adapted;
}

/** A Feature is one event, and a FeatureCollection one for each of its features. */
export const ofFeatures = ({ name, recognises, adapt }: OfFeature): Format => {
  const isOurs = (feature: unknown): boolean =>
    isObject(feature) && feature['type'] === 'Feature' && isObject(feature['properties']) && recognises(feature['properties']);
  const featuresIn = (document: Fields | undefined): unknown[] | undefined =>
    document?.['type'] === 'FeatureCollection' && Array.isArray(document['features']) ? document['features'] : undefined;
  return {
    name,
    // One that is ours speaks for a collection, so that a broken one beside it is refused by our rules; an empty one is nobody else's.
    recognises: (detail) => {
      const document = jsonIn(detail);
      const features = featuresIn(document);
      return features ? features.length === 0 || features.some(isOurs) : isOurs(document);
    },
    adapt: (detail, busTime) => {
      const document = jsonIn(detail);
      const features = featuresIn(document);
      if (!features) return adapt(document, busTime);
      if (features.length === 0) return refuse('features', 'is empty: there is no event in it');
      return several('features', features, (feature, place) => {
        if (!isObject(feature)) return refuse(place, 'is no Feature');
        const one = adapt(feature, busTime);
        return one.ok ? one : inside(place, one);
      });
    },
  };
};
