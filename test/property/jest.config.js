/** `npm run test:property`: 12,000 random servers instead of some hundred (some minutes). */
module.exports = {
	...require('../../jest.config.js'),
	rootDir: '../..',
	testMatch: ['<rootDir>/test/property/**/*.test.ts'],
	testTimeout: 1_800_000,
	globals: { RANDOM_SERVERS: 12_000 },
};
