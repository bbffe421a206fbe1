/** `npm run test:upgrade`: a real n8n with an old release and its history goes to today's (about four minutes). */
module.exports = {
	...require('../e2e/jest.config.js'),
	rootDir: '../..',
	testMatch: ['<rootDir>/test/upgrade/**/*.test.ts'],
	testTimeout: 900_000,
};
