// Validates the cases of the file CASES ([{ name, schema, value }]) and prints a line for each mistake, then how many it has looked at.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(join(process.env.NPM_TOOLS, 'package.json'));
const Ajv2020 = require('ajv/dist/2020').default;

const cases = JSON.parse(readFileSync(process.env.CASES, 'utf8'));
for (const { name, schema, value } of cases) {
  const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true });
  try {
    const validate = ajv.compile(schema);
    if (!validate(value)) console.log(`${name}: ${ajv.errorsText(validate.errors)}`);
  } catch (error) {
    console.log(`${name}: ${error.message}`);
  }
}
console.log(`${cases.length} checked`);
