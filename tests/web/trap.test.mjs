// T-80, T-16: the real core traps and aborts; the file that it worked on is refused with an error that says so, files that
// waited and files that come later get their verdicts from a fresh instance.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { builtCore, Engine, EngineError, reportAlone } from './built-core.mjs';
import { root } from './bundle.mjs';

const bytes = readFileSync(join(root, 'tests/samples/trusted.jpg'));
const make = await builtCore();

function engineOverCore() {
  const cores = [];
  const engine = new Engine(async () => {
    const core = await make();
    cores.push(core);
    return core;
  }, []);
  return { engine, cores };
}

const now = '2026-11-23T00:00:00Z';
const validate = async (engine, whenOpen) => JSON.parse(await reportAlone(engine, bytes, { now, whenOpen })).state;

test('a trap in the middle of a file', async () => {
  const { engine, cores } = engineOverCore();
  assert.equal(await validate(engine), 'valid');
  await assert.rejects(
    validate(engine, () => cores[0].HEAPU8.fill(0xff)),
    (error) => error instanceof EngineError && /^The engine failed: /.test(error.message),
  );
  assert.deepEqual(await Promise.all([validate(engine), validate(engine)]), ['valid', 'valid']);
  assert.equal(cores.length, 2);
});

test('an abort for want of memory', async () => {
  const { engine, cores } = engineOverCore();
  const session = await engine.open({ size: 2 ** 40, now });
  // More than the instance may ever have: the allocator gives up, and the core stops.
  assert.throws(() => session.supply(1, 0, { length: 2 ** 31 }), EngineError);
  session.close();
  assert.equal(await validate(engine), 'valid');
  assert.equal(cores.length, 2);
  assert.ok(cores[0].HEAPU8.length < 8 * 1024 * 1024, 'the old instance grew');
});
