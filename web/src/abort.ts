/** `AbortSignal.any`, which the oldest supported browsers do not have. */
export function anySignal(...signals: AbortSignal[]): AbortSignal {
  const both = new AbortController();
  for (const signal of signals) {
    const stop = (): void => {
      both.abort(signal.reason);
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true, signal: both.signal });
  }
  return both.signal;
}

/** A signal that never fires. */
export function noSignal(): AbortSignal {
  return new AbortController().signal;
}
