export { createGateway, type Gateway, SOCKET_PATH } from './gateway.ts';
export { serveGateway } from './http.ts';
