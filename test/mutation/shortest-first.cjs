const { default: Sequencer } = require('@jest/test-sequencer');

/** Test files that noticed the mutant before first, then the quick ones: most mutants are noticed by any test of their own file. */
module.exports = class extends Sequencer {
	sort(tests) {
		const rank = (test) => (this.hasFailed(test) ? 0 : (this.time(test) ?? 1_000));
		return [...tests].sort((left, right) => rank(left) - rank(right));
	}
};
