// Rows of measurements as a Markdown table: each value, and ours as a ratio to the best of the others with the same lists.

const LISTS = ' + lists';

const digits = (value) => (value < 10 ? value.toFixed(1) : value.toFixed(0));

/** Our value over the smallest of the others that did the same work; undefined where there is none. */
export function ratio(values, lists) {
  const own = values[lists ? `assay${LISTS}` : 'assay'];
  const others = Object.entries(values)
    .filter(([title]) => !title.startsWith('assay') && title.endsWith(LISTS) === lists)
    .map(([, value]) => value);
  return own === undefined || others.length === 0 ? undefined : own / Math.min(...others);
}

export function table(rows) {
  const columns = [...new Set(rows.flatMap(({ values }) => Object.keys(values)))];
  const head = ['', ...columns, 'ratio', `ratio${LISTS}`];
  const shown = (value, format) => (value === undefined ? '–' : format(value));
  const lines = rows.map(({ title, unit, values }) => [
    `${title}, ${unit}`,
    ...columns.map((column) => shown(values[column], digits)),
    ...[false, true].map((lists) => shown(ratio(values, lists), (value) => value.toFixed(2))),
  ]);
  return [head, head.map((_, i) => (i === 0 ? '---' : '---:')), ...lines]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}
