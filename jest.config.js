/** Fast tests by default; the slower suites have their own commands (see package.json). */
module.exports = {
	testEnvironment: 'node',
	maxWorkers: '100%',
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/(e2e|peers|package|queue|upgrade)/'],
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.build/'],
	transform: {
		'^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }],
	},
	// Guards against hanging, says nothing about speed: a busy machine may take its time.
	testTimeout: 30_000,
};
