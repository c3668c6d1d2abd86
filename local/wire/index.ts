export { serveWire } from './http.ts';
export type { WireRequest, WireResponse } from './request.ts';
export { createLineStore } from './services/logs.ts';
export { createWire } from './wire.ts';
