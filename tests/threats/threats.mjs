// The threats of this folder, one file each: the ten scenarios of the Security Considerations 1.0 first, then the
// others by their numbers. Their titles are those of docs/requirements.json.
import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('./', import.meta.url);
const titles = JSON.parse(readFileSync(new URL('../../docs/requirements.json', folder), 'utf8'));

const threatFiles = () => readdirSync(folder).filter((name) => /^T-\d\d-.+\.mjs$/.test(name));

/** @returns {Promise<(import('./kit.mjs').Threat & {file: string, title: string})[]>} */
export async function allThreats() {
  const files = threatFiles().sort();
  const threats = await Promise.all(
    files.map(async (file) => {
      const threat = (await import(new URL(file, folder))).default;
      return { ...threat, file, title: titles[threat.id] };
    }),
  );
  return [...threats.filter((t) => t.section), ...threats.filter((t) => !t.section)];
}

/** Those of the catalogue that have no file here: what the engine cannot meet. @returns {[string, string][]} */
export function threatsElsewhere(threats) {
  const tested = new Set(threats.map(({ id }) => id));
  return Object.entries(titles).filter(([id]) => id.startsWith('T-') && !tested.has(id));
}
