/**
 * What `validate` may throw. A file's content never throws: it always becomes a report (T-80). Aborting
 * rejects with the signal's reason; wrong arguments are a TypeError.
 */

/** The engine could not be loaded, or failed while it worked. The next call gets a fresh one. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
}

/** Why no bytes could be had: nothing was found out about the file. */
export type SourceReason = 'unreadable' | 'network' | 'changed' | 'tooLarge';

/** The bytes to be validated could not be read. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly reason: SourceReason;

  constructor(reason: SourceReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
