/** Where something may go wrong, asked each time the run comes by. `name` says which: an operation, a function, a target. */
export interface Faults {
  /** An SDK call (`dynamodb:PutItem`), by whoever makes it. */
  call(name: string): CallFault | undefined;
  /** A delivery: an event to a rule's target, a message to its consumer, a batch of a stream. `name` is the ARN it goes to. */
  delivery(name: string): DeliveryFault | undefined;
  /** An invocation of a function, by the function's name. */
  invocation(name: string): InvocationFault | undefined;
}

export type CallFault =
  /** Refused before it did anything, with the service's own throttling error. */
  | { readonly kind: 'throttle' }
  /** Done, but its answer is lost: the caller sees a connection error, and may try again. */
  | { readonly kind: 'lose' }
  /** Done so many milliseconds later: what was asked after it may come before it. */
  | { readonly kind: 'delay'; readonly ms: number };

export type DeliveryFault =
  /** It arrives twice. */
  | { readonly kind: 'duplicate' }
  /** It arrives so many milliseconds later. */
  | { readonly kind: 'delay'; readonly ms: number };

export type InvocationFault =
  /** After so many of its SDK calls none answers any more, until the function's timeout ends it. */
  | { readonly kind: 'timeout'; readonly calls: number }
  /** It runs in a new execution environment. */
  | { readonly kind: 'cold' }
  /** Its clock is wrong by so many milliseconds. */
  | { readonly kind: 'skew'; readonly ms: number };
