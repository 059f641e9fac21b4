/** An error that a command's caller is to get, instead of a message on the screen. */
export class CallerError extends Error {
  override readonly name = 'CallerError';

  constructor(override readonly cause: unknown) {
    super('for the caller of the command');
  }
}
