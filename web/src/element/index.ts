/** The elements. Importing this registers nothing and needs a browser. */
export { AssayBadge, type StateDetail } from './badge.js';
export { defineElements } from './registration.js';
export { AssaySummary } from './summary.js';
