import { AwsError } from '../kernel/aws-error.ts';
import { MAX_BODY_BYTES, type WireRequest, type WireResponse } from './request.ts';

/** A request as its protocol understood it, and how that protocol answers. */
export interface Asked {
  /** The name the port knows the service by. */
  readonly service: string;
  readonly operation: string;
  /** Read late, so that a body that makes no sense is refused in the protocol's own words. */
  input(): Record<string, unknown>;
  answer(output: Record<string, unknown>, requestId: string): WireResponse;
  refuse(error: AwsError, requestId: string): WireResponse;
}

export const bodyOf = ({ body }: WireRequest): Buffer => {
  if (!body) throw new AwsError('RequestEntityTooLargeException', `A request may have ${MAX_BODY_BYTES / 1024 / 1024} MB`);
  return body;
};

/** What this endpoint speaks, for whoever spoke something else. */
export const SPOKEN =
  'This endpoint serves EventBridge, Step Functions, DynamoDB and its streams, SQS, Lambda, EventBridge Scheduler, objects of S3, signatures of KMS, @connections of API Gateway and STS, and reads API Gateway, CloudFormation, IAM and CloudWatch Logs from the template';
