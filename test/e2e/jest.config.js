/** A real n8n with the packed package, against both stand-ins: minutes, three files at a time. */
module.exports = {
	...require('../../jest.config.js'),
	rootDir: '../..',
	testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/'],
	globalSetup: '<rootDir>/test/e2e/pack-once.ts',
	testTimeout: 300_000,
	// Each has its own n8n, stand-ins and ports; most of the time one waits for the other: two kept half a core idle.
	maxWorkers: 3,
};
