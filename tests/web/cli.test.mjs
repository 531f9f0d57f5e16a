// The command line: what it prints, and its exit codes.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { box, fragmentedStream } from '../fixtures/bmff.mjs';
import { anchors } from '../fixtures/catalog/anchors.mjs';
import { dist } from './bundle.mjs';
import { folder, now, options, samples } from './samples.mjs';
import { reportSchema } from './schema.mjs';

let place;

before(async () => {
  place = await mkdtemp(join(tmpdir(), 'assay-cli-'));
});

after(() => rm(place, { recursive: true }));

const assay = (...args) => assayWith({}, ...args);

function assayWith(environment, ...args) {
  const env = { ...process.env, ...environment };
  const child = spawn(process.execPath, [join(dist, 'cli.js'), ...args], { cwd: place, env });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => (out += chunk));
  child.stderr.on('data', (chunk) => (err += chunk));
  return new Promise((done) => child.on('close', (code) => done({ code, out, err })));
}

const sample = (name) => join(folder, name);
const EXIT = { trusted: 0, valid: 0, invalid: 1, wellFormed: 1, none: 3 };

for (const { file, state } of samples) {
  test(`${file} is ${state} and exits with ${EXIT[state]}`, async () => {
    const { code, out, err } = await assay(...options, sample(file));
    assert.equal(err, '');
    assert.equal(code, EXIT[state]);
    const words = {
      trusted: /Content Credentials · /,
      valid: /signer not recognised/,
      invalid: /Invalid/,
      none: /No Content/,
    };
    assert.match(out.split('\n')[1], words[state]);
    assert.doesNotMatch(out, /\u001b/);
  });
}

/** Loaded before the command: tells on leaving how often a file was opened. */
const countOpens = (file) =>
  `data:text/javascript,${encodeURIComponent(`
  import fs from 'node:fs/promises';
  import { syncBuiltinESMExports } from 'node:module';
  const { open } = fs;
  let opened = 0;
  fs.open = (path, ...rest) => {
    if (String(path).endsWith(${JSON.stringify(file)})) opened += 1;
    return open(path, ...rest);
  };
  syncBuiltinESMExports();
  process.on('exit', () => process.stderr.write('opened ' + opened));`)}`;

for (const format of ['text', 'json', 'crjson']) {
  test(`${format}: a file is read and judged once, and the exit code is the same`, async () => {
    for (const [file, expected] of [
      ['trusted.jpg', EXIT.trusted],
      ['pixels-changed.jpg', EXIT.invalid],
      ['no-credentials.jpg', EXIT.none],
    ]) {
      const { code, err } = await assayWith(
        { NODE_OPTIONS: `--import ${countOpens(file)}` },
        ...options,
        `--format=${format}`,
        sample(file),
      );
      assert.deepEqual([code, err], [expected, 'opened 1'], file);
    }
  });
}

test('json is one object per line, and its report fits the schema', async () => {
  const files = samples.map(({ file }) => sample(file));
  const { out } = await assay(...options, '--format=json', ...files);
  const lines = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.deepEqual(
    lines.map((line) => line.file),
    files,
  );
  for (const { report } of lines) assert.deepEqual(reportSchema(report), []);
  assert.deepEqual(
    lines.map((line) => line.report.state),
    samples.map(({ state }) => state),
  );
});

test('the same command gives the same bytes', async () => {
  const args = [...options, '--format=json', sample('trusted.jpg')];
  assert.deepEqual(await assay(...args), await assay(...args));
});

test('without the test roots no sample is trusted', async () => {
  for (const trust of [[], ['--no-default-trust']]) {
    const { code, out } = await assay(...trust, sample('trusted.jpg'));
    assert.equal(code, 0);
    assert.match(out, /signer not recognised/);
  }
});

test('without any trust list it says so', async () => {
  const { out } = await assay('--no-default-trust', sample('trusted.jpg'));
  assert.match(out, /No trust list is installed, so no signer can be recognised/);
});

test('several files end in a count, and the worst of them decides the exit code', async () => {
  const { code, out } = await assay(...options, sample('trusted.jpg'), sample('no-credentials.jpg'));
  assert.equal(code, 3);
  assert.match(out, /2 files\n +1 {2}⬢ Content Credentials · signer recognised\n +1 {2}○ No Content Credentials\n/);
  const withInvalid = await assay(...options, sample('no-credentials.jpg'), sample('pixels-changed.jpg'));
  assert.equal(withInvalid.code, 1);
});

test('a folder is walked by name, hidden files and loops of links left out', async () => {
  const tree = join(place, 'tree');
  await mkdir(join(tree, 'sub'), { recursive: true });
  await copyFile(sample('trusted.jpg'), join(tree, 'b.jpg'));
  await copyFile(sample('trusted.jpg'), join(tree, 'sub', 'c.jpg'));
  await copyFile(sample('trusted.jpg'), join(tree, 'a.jpg'));
  await writeFile(join(tree, '.hidden'), 'x');
  await symlink(tree, join(tree, 'sub', 'loop'));
  const { out } = await assay(...options, '--format=json', tree);
  const files = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).file);
  assert.deepEqual(files, [join(tree, 'a.jpg'), join(tree, 'b.jpg'), join(tree, 'sub', 'c.jpg')]);
});

test('an empty folder is an error that says so', async () => {
  await mkdir(join(place, 'empty'));
  const { code, err } = await assay('empty');
  assert.equal(code, 2);
  assert.match(err, /empty: there are no files in it/);
});

test('an unreadable file does not stop the others', async () => {
  const { code, out, err } = await assay(...options, 'missing.jpg', sample('trusted.jpg'));
  assert.equal(code, 2);
  assert.match(err, /^assay: missing\.jpg: no such file or directory\n$/);
  assert.match(out, /Content Credentials · /);
});

for (const [what, args, message] of [
  ['no file', [], /No file given/],
  ['an unknown option', ['--frobnicate', 'x'], /--frobnicate/],
  ['an unknown format', ['--format=xml', 'x'], /choose text, json or crjson/],
  ['a time that is none', ['--now=yesterday', 'x'], /2026-11-23T10:00:00Z/],
  ['an address', ['https://example.com/a.jpg'], /fetches nothing/],
  ['a trust list that is not there', ['--trust=none.pem', 'x'], /--trust=none\.pem: no such file/],
  ['a sidecar for two files', ['--manifest=x.c2pa', 'a', 'b'], /one file/],
]) {
  test(`${what} is wrong usage: exit 2, a message and no stack`, async () => {
    const { code, out, err } = await assay(...args);
    assert.equal(code, 2);
    assert.equal(out, '');
    assert.match(err, message);
    assert.doesNotMatch(err, /\n\s+at |node:internal/);
  });
}

test('a trust list that holds no certificate is named', async () => {
  await writeFile(join(place, 'bad.pem'), 'nothing');
  const { code, err } = await assay('--trust=bad.pem', sample('trusted.jpg'));
  assert.equal(code, 2);
  assert.match(err, /bad\.pem/);
});

test('--help and --version', async () => {
  const help = await assay('--help');
  assert.equal(help.code, 0);
  for (const option of ['format', 'now', 'trust', 'trust-tsa', 'no-default-trust', 'manifest', 'init', 'complete']) {
    assert.ok(help.out.includes(`--${option}`), option);
  }
  assert.ok(help.out.split('\n').every((line) => line.length <= 100));
  assert.match((await assay('--version')).out, /^assay \d+\.\d+\.\d+\n$/);
});

test('T-14: control characters in a file name reach no terminal', async () => {
  const name = 'a\u001b[31m\u202egpj.jpg';
  await copyFile(sample('trusted.jpg'), join(place, name));
  for (const format of ['text', 'json']) {
    const { out } = await assay(...options, `--format=${format}`, name);
    assert.doesNotMatch(out, /[\u001b\u202e]/);
  }
  const missing = await assay(`missing${name}`);
  assert.doesNotMatch(missing.err, /[\u001b\u202e]/);
});

test('R-534: --init takes the files as segments of one stream', async () => {
  const { init, segments } = fragmentedStream(2);
  await writeFile(join(place, 'root.pem'), anchors().root);
  await writeFile(join(place, 'init.mp4'), init);
  for (const [i, segment] of segments.entries()) await writeFile(join(place, `${i}.m4s`), segment);
  await writeFile(join(place, 'more.m4s'), Buffer.concat([segments[1], box('ftyp', Buffer.from('anything'))]));
  await writeFile(join(place, 'bad.m4s'), segments[1].fill(0, segments[1].length - 1));
  const stream = ['--no-default-trust', '--trust=root.pem', `--now=${now}`, '--init=init.mp4'];
  const whole = await assay(...stream, '--complete', '0.m4s', '1.m4s');
  assert.equal(whole.code, 0, whole.out + whole.err);
  assert.match(whole.out, /Segment 2 +1\.m4s · as it was signed/);
  assert.doesNotMatch(whole.out, /signed; A box/);
  const more = await assay(...stream, '--complete', '0.m4s', 'more.m4s');
  assert.match(
    more.out,
    /Segment 2 +more\.m4s · as it was signed; A box \(ftyp\) that the signer left out of the hash/,
  );
  const part = await assay(...stream, '--format=json', '0.m4s');
  assert.equal(part.code, 1);
  const { file, report } = JSON.parse(part.out);
  assert.equal(file, 'init.mp4');
  assert.equal(report.state, 'wellFormed');
  assert.deepEqual(reportSchema(report), []);
  const bad = await assay(...stream, '0.m4s', 'bad.m4s');
  assert.equal(bad.code, 1);
  assert.match(bad.out, /Segment 2 +bad\.m4s · not what was signed/);
  assert.equal((await assay(...stream, '0.m4s', 'missing.m4s')).code, 2);
  assert.match((await assay('--complete', '0.m4s')).err, /--init/);
  assert.match((await assay(...stream, '--format=crjson', '0.m4s')).err, /crjson/);
});
