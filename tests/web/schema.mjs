// Checks a report against the published JSON Schema.
import Ajv from 'ajv';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './bundle.mjs';

const schema = JSON.parse(readFileSync(join(root, 'web/schema/assay-report-1.schema.json'), 'utf8'));
const check = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema);

/** What does not fit, one text per place; empty when the report is as promised. */
export function reportSchema(report) {
  return check(report) ? [] : check.errors.map((error) => `${error.instancePath}: ${error.message}`);
}
