/** `npm run test:queue`: n8n's queue mode with PostgreSQL, Redis and two workers (about ten minutes). */
module.exports = {
	...require('../e2e/jest.config.js'),
	rootDir: '../..',
	testMatch: ['<rootDir>/test/queue/**/*.test.ts'],
	testTimeout: 1_500_000,
};
