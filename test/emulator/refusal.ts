/** An answer of the service that is an error: thrown by checks, sent as `{code, message, request_id}`. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** The call is taken all the same, and its task fails with this. */
    readonly failsTask = false,
  ) {
    super(message);
  }
}

/** The most frequent one: HTTP 400 with the code InvalidParameter. */
export function invalidParameter(message: string, failsTask = false): Refusal {
  return new Refusal(400, 'InvalidParameter', message, failsTask);
}

/** The service's words for a field of the wrong kind. */
export function invalidField(name: string): Refusal {
  return invalidParameter(
    `Required parameter(${name}) missing or invalid, please check the request parameters.`,
  );
}

/** The service's words for a number outside of its range. */
export function invalidRange(name: string, min: number, max: number): Refusal {
  return invalidParameter(`Range of ${name} should be [${min}, ${max}]`);
}

/** The model cannot be called in this way. */
export function wrongMode(mode: 'synchronous' | 'asynchronous'): Refusal {
  const message = `current user api does not support ${mode} calls.`;
  return new Refusal(403, 'AccessDenied', message);
}
