/** What every entry point of the package exports beside `createValidator`. */
export { EngineError, SourceError, type SourceReason } from './errors.js';
export type { Progress } from './drive.js';
export type { RemotePolicy, RemoteQuestion } from './resources.js';
export type * from './report.js';
export type * from './types.js';
