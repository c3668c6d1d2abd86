export { serveWire } from './http.ts';
export { createWire, type WireRequest, type WireResponse } from './wire.ts';
