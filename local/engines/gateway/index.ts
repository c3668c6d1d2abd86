export { createGateway, type Gateway, type GatewayRequest, SOCKET_PATH } from './gateway.ts';
export type { GatewayGround } from './ground.ts';
export { type GatewayServer, type Pages, serveGateway } from './http.ts';
export { type MemoryClient, Refused } from './memory-client.ts';
export type { Response } from './rest/responses.ts';
