// A stand-in for the wasm core that speaks the same protocol: it asks for the head of the asset, for a
// digest of it, and reports what it was given. Knobs make it trap, leak or refuse.
const HEAP = 1 << 20;

export class FakeCore {
  HEAPU8 = new Uint8Array(HEAP);
  sessions = new Map();
  lists = [];
  calls = [];

  constructor(script = defaultScript) {
    this.script = script;
  }

  buffer(length) {
    this.calls.push(`buffer ${length}`);
    // Like real memory growth, this leaves every earlier view without its bytes.
    if (length > this.HEAPU8.length - 64) this.HEAPU8 = new Uint8Array(length + 64);
    else this.HEAPU8 = this.HEAPU8.slice();
    return 64;
  }

  take(address, length) {
    return this.HEAPU8.slice(address, address + length);
  }

  addTrustList(options, address, length) {
    const text = new TextDecoder().decode(this.take(address, length));
    if (!text.includes('BEGIN CERTIFICATE')) return JSON.stringify({ ok: false, error: 'no certificate in it' });
    this.lists.push(JSON.parse(options));
    return JSON.stringify({ ok: true, anchors: 1, sha256: 'aa' });
  }

  open(options) {
    const session = { options: JSON.parse(options), given: [], refused: [], rounds: 0 };
    if (!/^\d{4}-/.test(session.options.now)) return 0;
    this.sessions.set(this.sessions.size + 1, session);
    return this.sessions.size;
  }

  step(handle) {
    const session = this.sessions.get(handle);
    const needs = this.script(session, this);
    session.rounds += 1;
    return JSON.stringify({ done: needs.length === 0, needs });
  }

  supply(handle, id, offset, address, length) {
    this.sessions.get(handle).given.push({ id, offset, bytes: this.take(address, length) });
  }

  refuse(handle, id, reason) {
    this.sessions.get(handle).refused.push({ id, reason });
  }

  report(handle, format) {
    const { given, refused, options } = this.sessions.get(handle);
    const hex = (bytes) => Buffer.from(bytes).toString('hex');
    const shown = given.map(({ id, offset, bytes }) => ({
      id,
      offset,
      length: bytes.length,
      head: hex(bytes.slice(0, 8)),
    }));
    const report = { schema: 'assay-report/1', format, given: shown, refused, options };
    this.written = new TextEncoder().encode(JSON.stringify(report));
    return this.written.length;
  }

  text() {
    this.HEAPU8.set(this.written, this.buffer(this.written.length));
    return 64;
  }

  close(handle) {
    this.calls.push(`close ${handle}`);
  }
}

export function defaultScript({ rounds, options }) {
  if (rounds === 0) return [{ id: 1, kind: 'bytes', offset: 0, length: Math.min(16, options.size) }];
  if (rounds === 1) return [{ id: 2, kind: 'digest', alg: 'sha256', segments: [[0, options.size]] }];
  return [];
}
