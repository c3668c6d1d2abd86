export { serveWire } from './http.ts';
export { createWire, type WireOptions, type WireRequest, type WireResponse } from './wire.ts';
