import { parentPort, workerData } from 'node:worker_threads';
import { Lab } from './lab.mjs';
import { runJob } from './stages.mjs';

const lab = await Lab.open(workerData.bases.map(revived));
const bases = workerData.bases.map(({ name }) => lab.base(name));

/** Buffers arrive as plain arrays of bytes. */
function revived({ files, ...base }) {
  return { ...base, files: files.map((bytes) => Buffer.from(bytes)) };
}

parentPort.on('message', async (job) => {
  if (!job) {
    lab.dispose();
    parentPort.close();
    return;
  }
  parentPort.postMessage({ job, ...(await runJob(lab, bases, job)) });
});
parentPort.postMessage({ ready: true });
