const { property } = require('../suites.js');

/** `npm run test:property`: many cases each, 20,000 random lists and 10,000 sites surveyed instead of some hundred. */
module.exports = {
	...require('../../jest.config.js'),
	rootDir: '../..',
	testMatch: property.map(
		(place) => `<rootDir>/${place}${place.endsWith('/') ? '**/*.test.ts' : ''}`,
	),
	testTimeout: 1_800_000,
	// `npm test` takes a sample of them (scripts/check-everything.mjs).
	globals: { RANDOM_SERVERS: Number(process.env.RANDOM_SERVERS ?? 20_000) },
};
