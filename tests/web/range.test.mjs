// A large file at an address whose server promises that ranges of it belong together: read in ranges, never whole.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { load } from './bundle.mjs';

const { SourceError, urlSource, noSignal } = await load('errors', 'sources', 'abort');

const MIB = 1024 * 1024;
const content = Buffer.alloc(65 * MIB);
for (let at = 0; at < content.length; at += 64 * 1024) content.fill((at >> 16) & 0xff, at, at + 64 * 1024);

let server;
let address;
let tag = '"one"';
const ranges = [];

function answer(request, response) {
  const head = { etag: tag, 'accept-ranges': 'bytes', 'content-type': 'video/mp4' };
  const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
  if (range === null || request.headers['if-range'] !== tag) {
    response.writeHead(200, { ...head, 'content-length': content.length });
    response.end(content);
    return;
  }
  const [from, to] = [Number(range[1]), Number(range[2])];
  ranges.push([from, to - from + 1]);
  response.writeHead(206, { ...head, 'content-range': `bytes ${from}-${to}/${content.length}` });
  response.end(content.subarray(from, to + 1));
}

before(async () => {
  server = createServer(answer);
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  address = new URL(`http://localhost:${server.address().port}/film.mp4`);
});
after(() => {
  server.closeAllConnections();
  server.close();
});

const open = () => {
  tag = '"one"';
  ranges.length = 0;
  return urlSource(address, noSignal());
};

test('a range is read, and the rest is streamed in one answer', async () => {
  const source = await open();
  assert.equal(source.size, content.length);
  assert.equal(source.mediaType, 'video/mp4');
  const part = await source.read(3 * MIB - 5, 10, noSignal());
  assert.ok(Buffer.from(part).equals(content.subarray(3 * MIB - 5, 3 * MIB + 5)));
  let at = 60 * MIB + 7;
  const start = at;
  for await (const piece of source.stream(at, content.length - at)) {
    assert.ok(Buffer.from(piece).equals(content.subarray(at, at + piece.length)));
    at += piece.length;
  }
  assert.equal(at, content.length);
  assert.deepEqual(ranges, [
    [3 * MIB - 5, 10],
    [start, content.length - start],
  ]);
});

test('a stream that is left lets go of the connection', async () => {
  const source = await open();
  for await (const piece of source.stream(0, content.length)) {
    assert.ok(piece.length > 0);
    break;
  }
  assert.equal((await source.read(0, 4, noSignal())).length, 4);
});

test('a file that changed on the server is an error, read or streamed', async () => {
  const source = await open();
  tag = '"two"';
  const isChange = (error) => error instanceof SourceError && error.reason === 'changed';
  await assert.rejects(source.read(0, 10, noSignal()), isChange);
  await assert.rejects(source.stream(0, 10).next(), isChange);
});
