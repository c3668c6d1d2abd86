import type { ResourceType } from '../../shared/contracts/vocabulary.ts';

/** Words for what a unit has with it, and for what its crew or airframe was certified for; each with what it means and, where law says so, which. */
interface Abilities {
  readonly capabilities: Readonly<Record<string, string>>;
  readonly certifications: Readonly<Record<string, string>>;
}

const NONE = {} as const;

/**
 * What a step may ask of units beside their type: a closed list, so that a slip of the pen is a complaint and not a unit that nobody has.
 * Types that do not stand here can do what their name says, and no more is asked of them. A unit says these words of itself (`unit.status`);
 * it may say others too, which no workflow asks for.
 */
export const abilities = {
  DRONE: {
    capabilities: {
      thermal: 'a camera that sees warmth, also at night',
      zoom: 'a lens that reads a scene from afar',
      mapping: 'takes pictures that can be measured in',
    },
    certifications: {
      'remote-pilot':
        'whoever flies it has a remote pilot certificate with a small UAS rating, or is supervised by somebody who has (14 CFR 107.12(a))',
    },
  },
  ROBOT: {
    capabilities: {
      camera: 'shows what is before it',
      'two-way-audio': 'somebody can be spoken with through it',
      'gas-sensor': 'smells gas before people do',
    },
    certifications: NONE,
  },
  OFFICER: {
    capabilities: { 'trauma-kit': 'tourniquets and chest seals' },
    certifications: {
      cit: 'trained in crisis intervention (CIT, 40 hours; unconfirmed which state rule says so)',
      'crash-reconstruction': 'trained to reconstruct a crash (unconfirmed which state rule says so)',
      'lethality-assessment':
        'trained to ask the statewide lethality questions, which nobody else may (FS 741.29 as amended in 2024; unconfirmed which subsection)',
    },
  },
  VEHICLE: {
    capabilities: { aed: 'a defibrillator', spikes: 'a device that lets the air out of tyres' },
    certifications: NONE,
  },
  DISPATCH_UNIT: {
    capabilities: {
      transport: 'takes a patient along: a permitted transport vehicle (FS 401.23(6), 401.26(1))',
      fire: 'an engine with water and ladders',
    },
    certifications: {
      als: 'advanced life support (FS 401.23(2))',
      clinician: 'a mental health clinician is aboard',
      cit: 'its officer is trained in crisis intervention',
    },
  },
  HELICOPTER: {
    capabilities: { thermal: 'a camera that sees warmth, also at night', searchlight: 'lights a scene from above' },
    certifications: NONE,
  },
  BOAT: { capabilities: { dive: 'divers and what they need' }, certifications: NONE },
  COMMUNICATION_CHANNEL: { capabilities: { radio: 'a talkgroup of its own' }, certifications: NONE },
} as const satisfies Partial<Record<ResourceType, Abilities>>;

/** What is known of a type; of one that is not in the list, nothing. */
export const abilitiesOf = (type: ResourceType): Abilities =>
  Object.hasOwn(abilities, type) ? abilities[type as keyof typeof abilities] : { capabilities: NONE, certifications: NONE };
