// Chromium's part of the benchmark: starts, single files and many at once, each validator in pages of its own.
import { gzipSync } from 'node:zlib';
import { launch } from '../browser/browser.mjs';
import { purposes, now, trust } from './files.mjs';
import { startBenchServer } from './server.mjs';
import { listed, names, pageFiles } from './validators.mjs';
import { median } from './median.mjs';

/** Of each validator before a file is timed: engines compile anew what is called often. */
const WARM_UPS = 10;
const PHONE = { bitsPerSecond: 10_000_000, latency: 40 };

// Defines what the measurements below call: `open` loads a validator, `check` validates a file.
const page = `
const files = new Map();
globalThis.load = async (path) => {
  const blob = await (await fetch(path)).blob();
  files.set(path, blob);
};
let validator;
globalThis.open = async (name, settings) => {
  const { open } = await import('/peers/' + name + '.js');
  validator = await open(settings);
};
globalThis.check = async (path) => {
  const start = performance.now();
  const { state } = await validator.validate(files.get(path)).catch((error) => ({ state: String(error) }));
  return { ms: performance.now() - start, state };
};
globalThis.cold = async (path, name, settings) => {
  const start = performance.now();
  await globalThis.open(name, settings);
  const { state } = await validator.validate(files.get(path));
  return { ms: performance.now() - start, state };
};
globalThis.all = async (paths) => {
  let last = performance.now();
  let longest = 0;
  let over = false;
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    const time = performance.now();
    longest = Math.max(longest, time - last);
    last = time;
    if (!over) setTimeout(() => port2.postMessage(null), 1);
  };
  port2.postMessage(null);
  const start = performance.now();
  await Promise.all(paths.map((path) => validator.validate(files.get(path)).catch(() => null)));
  const ms = performance.now() - start;
  over = true;
  longest = Math.max(longest, performance.now() - last);
  return { ms, longest };
};
globalThis.ready = true;
`;

/** Titles of columns: a validator, with the official lists or without. */
export const columns = [
  ...names.map((name) => ({ name, lists: false, title: name })),
  ...listed.map((name) => ({ name, lists: true, title: `${name} + lists` })),
];

const settingsOf = ({ lists }) => ({ anchors: lists ? trust.lists : trust.plain, purposes, now });

async function openPage(browser, origin, paths) {
  const context = await browser.newContext();
  const tab = await context.newPage();
  await visit(tab, origin, paths);
  return { context, tab };
}

async function visit(tab, origin, paths) {
  await tab.goto(`${origin}/bench.html`);
  await tab.waitForFunction(() => globalThis.ready === true);
  for (const path of paths) await tab.evaluate((url) => globalThis.load(url), path);
}

/** Runs `measure` for each column in turn, `runs` times over: what disturbs the machine disturbs all alike. */
async function interleaved(runs, measured, measure, say) {
  const results = new Map(measured.map((column) => [column.title, []]));
  for (let run = 0; run < runs; run += 1) {
    for (const column of measured) {
      say(`${column.title}, run ${run + 1} of ${runs}`);
      results.get(column.title).push(await measure(column));
    }
  }
  return results;
}

const medians = (results, field) =>
  Object.fromEntries([...results].map(([title, all]) => [title, median(all.map((one) => one[field]))]));

/** Bytes of what a page requests until the first verdict. */
function sizesOf(server, files, paths) {
  const sum = (size) => [...new Set(paths)].reduce((total, path) => total + size(path), 0);
  return {
    raw: sum((path) => files[path].length),
    gzip: sum((path) => gzipSync(files[path], { level: 9 }).length),
    brotli: sum((path) => server.compressed(path).length),
  };
}

/** What all measurements need: files on a server, and a browser. */
async function open({ runs, say, singles, many }) {
  const pictures = [...singles, ...many];
  const files = {
    ...(await pageFiles()),
    '/bench.html': Buffer.from('<!doctype html><title>bench</title><script type="module" src="/bench.js"></script>'),
    '/bench.js': Buffer.from(page),
  };
  const paths = pictures.map(({ bytes, type }, i) => {
    const path = `/pictures/${i}.${type.split('/')[1].replace('jpeg', 'jpg')}`;
    files[path] = bytes;
    return path;
  });
  say('compressing what a server would');
  const server = await startBenchServer(files);
  return { runs, say, singles, many, files, paths, server, browser: await launch() };
}

/** The picture with which starts are measured: small, with two manifests when it is the corpus's. */
const STARTS_WITH = 1;

/** From nothing to the first verdict; `visits` is how often the page was there before. */
async function start({ browser, server, paths }, column, { line, visits = 0 }) {
  const path = paths[STARTS_WITH];
  const { context, tab } = await openPage(browser, server.origin, [path]);
  const cold = () =>
    tab.evaluate(([url, name, given]) => globalThis.cold(url, name, given), [path, column.name, settingsOf(column)]);
  try {
    for (let visitNumber = 0; visitNumber < visits; visitNumber += 1) {
      await cold();
      await visit(tab, server.origin, [path]);
    }
    server.requests.length = 0;
    server.throttle(line);
    return { ...(await cold()), requests: [...server.requests] };
  } finally {
    server.throttle(undefined);
    await context.close();
  }
}

async function measureStarts(kit) {
  const { runs, say, server, files, singles } = kit;
  const measure = (name, times, how) =>
    interleaved(
      times,
      columns,
      (column) => start(kit, column, how),
      (text) => say(`${name}: ${text}`),
    );
  const cold = await measure('cold', runs, {});
  const cached = await measure('caches warm', runs, { visits: 3 });
  const phone = await measure('10 Mbit/s', Math.min(runs, 5), { line: PHONE });
  const sizes = [...cold].map(([title, [first]]) => [title, sizesOf(server, files, first.requests)]);
  const size = (unit) => Object.fromEntries(sizes.map(([title, all]) => [title, all[unit] / 1000]));
  return [
    ...['raw', 'gzip', 'brotli'].map((unit) => ({ title: `download, ${unit}`, unit: 'KB', values: size(unit) })),
    { title: `cold, ${singles[STARTS_WITH].title}`, unit: 'ms', values: medians(cold, 'ms') },
    { title: 'the same, caches warm', unit: 'ms', values: medians(cached, 'ms') },
    { title: 'cold over 10 Mbit/s, 40 ms', unit: 'ms', values: medians(phone, 'ms') },
  ];
}

async function openAll({ browser, server, paths }) {
  const tabs = new Map();
  for (const column of columns) {
    const { tab } = await openPage(browser, server.origin, paths);
    await tab.evaluate(([name, given]) => globalThis.open(name, given), [column.name, settingsOf(column)]);
    tabs.set(column.title, tab);
  }
  return ({ title }) => tabs.get(title);
}

async function measureFiles({ runs, say, paths, singles }, tabOf) {
  const rows = [];
  for (const [i, { title, bytes }] of singles.entries()) {
    const check = (column) => tabOf(column).evaluate((url) => globalThis.check(url), paths[i]);
    for (let warmUp = 0; warmUp < WARM_UPS; warmUp += 1) for (const column of columns) await check(column);
    const results = await interleaved(runs, columns, check, (text) => say(`${title}: ${text}`));
    const states = Object.fromEntries([...results].map(([column, all]) => [column, all[0].state]));
    const size = `${(bytes.length / 1024).toFixed(0)} KiB`;
    rows.push({ title: `${title}, ${size}`, unit: 'ms', values: known(medians(results, 'ms'), states) });
  }
  return rows;
}

/** Without the values of those who could not read the file. */
export const known = (values, states) =>
  Object.fromEntries(Object.entries(values).filter(([title]) => /^(trusted|valid|invalid)$/.test(states[title])));

async function measureMany({ runs, say, paths, many }, tabOf) {
  const urls = paths.slice(-many.length);
  const results = await interleaved(
    Math.min(runs, 5),
    columns,
    (column) => tabOf(column).evaluate((all) => globalThis.all(all), urls),
    (text) => say(`50 pictures: ${text}`),
  );
  return [
    { title: '50 pictures at once', unit: 'ms', values: medians(results, 'ms') },
    { title: 'longest stall of the page meanwhile', unit: 'ms', values: medians(results, 'longest') },
  ];
}

/** All measurements in Chromium: rows of {title, unit, values by column}. */
export async function measureChromium(options) {
  const kit = await open(options);
  try {
    const starts = await measureStarts(kit);
    const tabOf = await openAll(kit);
    const files = await measureFiles(kit, tabOf);
    const many = await measureMany(kit, tabOf);
    return { version: kit.browser.version(), rows: [...starts, ...files, ...many] };
  } finally {
    await kit.browser.close();
    kit.server.close();
  }
}
