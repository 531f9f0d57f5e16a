// Rules that formatting and types do not cover; the bans keep text from files away from markup and code.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import typescript from 'typescript-eslint';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const NO_MARKUP = ['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'setHTMLUnsafe', 'srcdoc'];

const bans = {
  eqeqeq: 'error',
  'no-eval': 'error',
  'no-implied-eval': 'error',
  'no-new-func': 'error',
  'no-proto': 'error',
  'no-script-url': 'error',
  'no-var': 'error',
  'prefer-const': 'error',
  'no-restricted-properties': [
    'error',
    ...NO_MARKUP.map((property) => ({ property, message: 'Text from a file is never markup: use text nodes.' })),
    { object: 'document', property: 'write', message: 'Text from a file is never markup: use text nodes.' },
  ],
};

export default [
  { ignores: ['**/dist/**', 'build/**', 'node_modules/**'] },
  { files: ['**/*.{mjs,js,ts}'], rules: bans },
  ...typescript.configs.recommendedTypeChecked.map((config) => ({
    ...config,
    files: ['web/{src,demo}/**/*.ts', 'extension/src/**/*.ts'],
  })),
  {
    files: ['web/{src,demo}/**/*.ts', 'extension/src/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['**/*.mjs'],
    plugins: { '@typescript-eslint': typescript.plugin },
    languageOptions: { parser: typescript.parser },
    rules: { '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }] },
  },
];
