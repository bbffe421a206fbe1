/** Builds, packs and installs the package: seconds, so not among the fast tests. */
module.exports = {
	...require('../../jest.config.js'),
	rootDir: '../..',
	testMatch: ['<rootDir>/test/package/**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/'],
	testTimeout: 180_000,
};
