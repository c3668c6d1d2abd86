import { headerOf, type WireRequest } from './request.ts';

const LOOPBACK = /^(?:(?:[a-z0-9-]+\.)*localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;

/** The names AWS gives an API's host: whoever calls `@connections` by name sends them, and no web page can have one. */
const EXECUTE_API = /^[a-z0-9-]+\.execute-api\.[a-z0-9-]+\.amazonaws\.com(?::\d+)?$/i;

/**
 * Why a request is not from a tool on this machine, or undefined. Nothing here asks for a password, so a web page open in a browser
 * must not get through, neither by a name that was pointed at loopback (Host) nor by a form (Origin).
 */
export const intruder = (request: WireRequest): string | undefined => {
  const host = headerOf(request, 'host');
  if (host !== undefined && !LOOPBACK.test(host) && !EXECUTE_API.test(host))
    return `This endpoint answers to 127.0.0.1 and localhost, not to ${JSON.stringify(host.slice(0, 100))}: another name in Host may be DNS rebinding.`;
  if (headerOf(request, 'origin') !== undefined || /^(?:cross|same)-site$/.test(headerOf(request, 'sec-fetch-site') ?? ''))
    return 'This endpoint is for tools, not for web pages: a browser goes to the gateway, with a token.';
  return undefined;
};
