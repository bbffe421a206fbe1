const { engine } = require('../suites.js');

/** `npm run test:engine`: the shipped templates in n8n's own engine, both stand-ins beside it. */
module.exports = {
	...require('../../jest.config.js'),
	rootDir: '../..',
	testMatch: engine.map((place) => `<rootDir>/${place}**/*.test.ts`),
};
