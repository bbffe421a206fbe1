/** `npm run test:property`: 20,000 random servers instead of some hundred (a quarter of a minute). */
module.exports = {
	...require('../../jest.config.js'),
	rootDir: '../..',
	testMatch: ['<rootDir>/test/property/**/*.test.ts'],
	testTimeout: 1_800_000,
	globals: { RANDOM_SERVERS: 20_000 },
};
