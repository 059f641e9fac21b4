/** What the core writes to the log. Prompts only at debug; keys, headers and signed URLs never. */
export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}
