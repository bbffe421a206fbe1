/** A real n8n with the packed package, against both stand-ins: minutes, one file after the other. */
module.exports = {
	...require('../../jest.config.js'),
	rootDir: '../..',
	testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/'],
	globalSetup: '<rootDir>/test/e2e/pack-once.ts',
	testTimeout: 300_000,
	maxWorkers: 1,
};
