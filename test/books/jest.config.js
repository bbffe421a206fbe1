/** `npm run test:books`: every combination of policies instead of every pair (about a quarter of an hour). */
module.exports = {
	...require('../../jest.config.js'),
	rootDir: '../..',
	testMatch: ['<rootDir>/test/books/**/*.test.ts'],
	globals: { EVERY_COMBINATION: true },
};
