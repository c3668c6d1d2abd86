/** What a unit of a test's fleet was certified for: a drone has its remote pilot, without whom no workflow flies it. */
export const certifiedFor = (type: string): string[] => (type === 'DRONE' ? ['remote-pilot'] : []);
