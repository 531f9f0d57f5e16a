import { AssayBadge, type StateDetail } from './badge.js';
import { AssaySummary } from './summary.js';

declare global {
  interface HTMLElementTagNameMap {
    'assay-badge': AssayBadge;
    'assay-summary': AssaySummary;
  }
  interface HTMLElementEventMap {
    'assay-state': CustomEvent<StateDetail>;
    'assay-open': CustomEvent;
  }
}

/** Registers `<assay-badge>` and `<assay-summary>`; does nothing the second time. */
export function defineElements(): void {
  if (customElements.get('assay-summary') === undefined) customElements.define('assay-summary', AssaySummary);
  if (customElements.get('assay-badge') === undefined) customElements.define('assay-badge', AssayBadge);
}
