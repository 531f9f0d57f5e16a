/** Errors on their way between two scripts that share no classes. */
import { EngineError, SourceError, messageOf, type SourceReason } from './errors.js';

export interface Failure {
  name: 'EngineError' | 'SourceError' | 'TypeError' | 'AbortError';
  message: string;
  reason?: SourceReason;
}

export function failureOf(error: unknown): Failure {
  if (error instanceof SourceError) return { name: error.name, message: error.message, reason: error.reason };
  if (error instanceof EngineError) return { name: error.name, message: error.message };
  if (error instanceof DOMException && error.name === 'AbortError')
    return { name: 'AbortError', message: error.message };
  if (error instanceof TypeError) return { name: 'TypeError', message: error.message };
  return { name: 'EngineError', message: messageOf(error) };
}

export function errorOf(failure: Failure): Error {
  if (failure.name === 'SourceError') return new SourceError(failure.reason ?? 'unreadable', failure.message);
  if (failure.name === 'TypeError') return new TypeError(failure.message);
  if (failure.name === 'AbortError') return new DOMException(failure.message, 'AbortError');
  return new EngineError(failure.message);
}
