import type { AwsError } from '../../kernel/aws-error.ts';
import { type Asked, SPOKEN } from '../asked.ts';
import { statusOf } from '../errors.ts';
import { headerOf, urlOf, type WireRequest } from '../request.ts';
import { unknownRest } from './rest.ts';

/** A text as CBOR: major type 3, up to 65,535 bytes. */
const text = (value: string): Buffer => {
  const bytes = Buffer.from(value).subarray(0, 0xffff);
  return Buffer.concat([Buffer.from([0x79, bytes.length >> 8, bytes.length & 0xff]), bytes]);
};

const map = (fields: Readonly<Record<string, string>>): Buffer =>
  Buffer.concat([Buffer.from([0xa0 + Object.keys(fields).length]), ...Object.entries(fields).flat().map(text)]);

/** smithy-rpc-v2-cbor, in which no service served here speaks: refused so that its clients can read why. */
export const readCbor = (request: WireRequest): Asked | undefined => {
  if (headerOf(request, 'smithy-protocol') !== 'rpc-v2-cbor') return undefined;
  const refuse = (error: AwsError, requestId: string) => ({
    status: statusOf(error),
    headers: { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor', 'x-amzn-requestid': requestId },
    body: map({ __type: error.name, message: error.message }),
  });
  return { ...unknownRest(`${urlOf(request).pathname} is not served here. ${SPOKEN}.`), refuse };
};
