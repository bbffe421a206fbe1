const { engine, property } = require('./suites.js');
const everything = require('../jest.config.js');

/** `npm run test:unit`: what is quick enough to run on every save. */
module.exports = {
	...everything,
	rootDir: '..',
	testPathIgnorePatterns: [
		...everything.testPathIgnorePatterns,
		...[...engine, ...property].map((place) => `<rootDir>/${place}`),
	],
};
