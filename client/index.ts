/** What talks to SWOE from outside: `import { … } from 'swoe/client'`. */
export { awsEndpoint, gatewayUrl, localAws } from './aws.ts';
export { type Bus, type BusEntry, openBus, type Put, type Refused } from './bus.ts';
export type { Asked, Replied } from './calls.ts';
export { follow, type Subscription } from './channel.ts';
export { type Dial, dialWebSocket, type Ear, type Wire } from './dial.ts';
export { type CloudEvent, envelope } from './envelope.ts';
export { type Follower, type FollowOptions, openFollower } from './follower.ts';
export { type HttpOptions, openRest, type Token } from './http.ts';
export { type Rest, RestError } from './rest.ts';
export { realTimers, type Timers } from './timers.ts';
