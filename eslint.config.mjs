import { configWithoutCloudSupport } from '@n8n/node-cli/eslint';
import importBoundaries from './scripts/eslint/import-boundaries.js';

// Without cloud support because Windows authentication needs a socket of its own, and n8n Cloud's
// rules forbid node:http (only lib/ntlm uses it, see the boundaries).
const SHIPPED = ['nodes/**/*.ts', 'credentials/**/*.ts'];
const TYPESCRIPT = ['**/*.ts'];

const isBasic = (config) =>
	config.files?.includes('**/*.ts') &&
	(config.name?.startsWith('typescript-eslint/') || (!config.name && !config.plugins));

/** n8n's rules for community nodes speak of nodes and credentials; its general ones suit all our code. */
const n8nRules = configWithoutCloudSupport.map((config) => {
	if (isBasic(config)) return { ...config, files: TYPESCRIPT };
	if (config.files?.includes('**/*.ts')) return { ...config, files: SHIPPED };
	return {
		...config,
		...(config.files && { files: config.files.map((files) => files.replace(/^\.\//, '')) }),
	};
});

/**
 * Awaiting what is no promise is a fault. Of `for await` the compiler says so itself; this rule, which
 * brings a TypeScript of its own, takes every async iterable of the project's TypeScript for none.
 */
const awaitThenable = () => {
	const plugin = n8nRules.flatMap(({ plugins }) => plugins?.['@typescript-eslint'] ?? [])[0];
	const rule = plugin.rules['await-thenable'];
	const create = (context) => {
		const { 'ForOfStatement[await=true]': _ofLoops, ...others } = rule.create(context);
		return others;
	};
	return { ...rule, create };
};

const DELIBERATELY_UNUSED = {
	argsIgnorePattern: '^_',
	varsIgnorePattern: '^_',
	ignoreRestSiblings: true,
};

export default [
	{ ignores: ['dist/', '.build/', 'node_modules/', 'coverage/', '**/*.js', '**/*.mjs'] },
	...n8nRules,
	{
		files: TYPESCRIPT,
		rules: { '@typescript-eslint/no-unused-vars': ['error', DELIBERATELY_UNUSED] },
	},
	{
		files: ['nodes/**/*.ts', 'credentials/**/*.ts', 'lib/**/*.ts', 'cli/**/*.ts'],
		plugins: {
			house: {
				rules: { 'import-boundaries': importBoundaries, 'await-thenable': awaitThenable() },
			},
		},
		languageOptions: {
			parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname },
		},
		rules: {
			'house/import-boundaries': 'error',
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-misused-promises': 'error',
			'house/await-thenable': 'error',
			'@typescript-eslint/consistent-type-imports': 'error',
			eqeqeq: ['error', 'always', { null: 'ignore' }],
		},
	},
	{
		// Tests load things late and look at what is none of their types' business.
		files: ['test/**/*.ts'],
		linterOptions: { reportUnusedDisableDirectives: 'off' },
		rules: {
			'@typescript-eslint/no-require-imports': 'off',
			'@typescript-eslint/no-explicit-any': 'off',
		},
	},
	{
		// Launchers, servers and benchmarks speak to a terminal.
		files: ['sandbox/**/*.ts', 'bench/**/*.ts', 'test/**/*.ts'],
		rules: { 'no-console': 'off' },
	},
];
