const { default: TestRunner } = require('jest-runner');
const { isNoticed } = require('./noticed.cjs');

/** Jest's runner, one file after the other, until a test has noticed the mutant. */
module.exports = class extends TestRunner {
	async runTests(tests, watcher, options) {
		for (const test of tests) {
			if (isNoticed()) return;
			await super.runTests([test], watcher, options);
		}
	}
};
