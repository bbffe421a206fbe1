/** Tests against NTLM verifiers this project did not write. Run by `npm run test:peers`. */
module.exports = {
	rootDir: '../..',
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/peers/**/*.test.ts'],
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.build/'],
	globalSetup: '<rootDir>/test/peers/helpers/install-peers.ts',
	testTimeout: 30_000,
	transform: {
		'^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }],
	},
};
