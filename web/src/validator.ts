import type { ReportFormat } from './engine.js';
import type { Report } from './report.js';
import { messageOf, EngineError } from './errors.js';
import type { Input, Outcome, ValidateOptions, Validator } from './types.js';

/** Where the work is done: in this thread or in a worker. */
export interface Backend {
  render(input: Input, format: ReportFormat, options: ValidateOptions): Promise<string>;
  warmUp(): Promise<void>;
  dispose(): void;
}

const AT_ONCE = 4;

function parseReport(text: string): Report {
  try {
    return JSON.parse(text) as Report;
  } catch (error) {
    throw new EngineError(`The engine's report is damaged: ${messageOf(error)}`, { cause: error });
  }
}

/** The public object over a backend. */
export function validatorOver(backend: Backend): Validator {
  let disposed = false;
  const render = async (input: Input, format: ReportFormat, options: ValidateOptions = {}): Promise<string> => {
    if (disposed) throw new TypeError('The validator was disposed of.');
    options.signal?.throwIfAborted();
    return backend.render(input, format, options);
  };
  const validate = async (input: Input, options?: ValidateOptions): Promise<Report> =>
    parseReport(await render(input, 'json', options));

  async function* validateMany<T extends Input>(
    inputs: Iterable<T>,
    { concurrency = AT_ONCE, ...options }: ValidateOptions & { concurrency?: number } = {},
  ): AsyncGenerator<Outcome<T>, void, undefined> {
    const queue = [...inputs].entries();
    const running = new Map<number, Promise<Outcome<T>>>();
    const startNext = (): void => {
      const next = queue.next();
      if (next.done === true) return;
      const [index, input] = next.value;
      running.set(
        index,
        validate(input, options).then(
          (report) => ({ index, input, report }),
          (error: unknown) => ({ index, input, error }),
        ),
      );
    };
    for (let i = 0; i < concurrency; i += 1) startNext();
    while (running.size > 0) {
      const outcome = await Promise.race(running.values());
      running.delete(outcome.index);
      options.signal?.throwIfAborted();
      startNext();
      yield outcome;
    }
  }

  return {
    validate,
    render,
    validateMany,
    warmUp: () => backend.warmUp(),
    dispose: () => {
      disposed = true;
      backend.dispose();
    },
  };
}
