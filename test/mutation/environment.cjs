const { TestEnvironment } = require('jest-environment-node');

const { isNoticed, notice } = require('./noticed.cjs');

/**
 * Jest's environment under Stryker. What runs in the body of a `describe` or in `beforeAll` belongs to no single test;
 * Stryker takes it for loading the module and tries no test for it. Here it counts for each test below that `describe`.
 * After a test that failed the others are skipped: one is enough.
 */
module.exports = class extends TestEnvironment {
	/** Described blocks by the name Stryker keeps their coverage under. */
	blocks = new Map();

	constructor(config, context) {
		super(config, context);
		this.testPath = context.testPath;
	}

	handleTestEvent(event, state) {
		const stryker = this.global[this.global.__strykerGlobalNamespace__ ?? '__stryker__'];
		if (!stryker) return;
		switch (event.name) {
			case 'start_describe_definition':
			case 'finish_describe_definition':
				stryker.currentTestId = this.nameOf(state.currentDescribeBlock);
				break;
			case 'hook_start':
				if (/All$/.test(event.hook.type)) stryker.currentTestId = this.nameOf(event.hook.parent);
				break;
			case 'hook_success':
			case 'hook_failure':
				if (/All$/.test(event.hook.type)) stryker.currentTestId = undefined;
				break;
			case 'run_start':
				stryker.currentTestId = undefined;
				break;
			case 'test_start':
				if (isNoticed()) event.test.mode = 'skip';
				break;
			case 'test_fn_failure':
				notice();
				break;
			case 'run_finish':
				this.share(stryker.mutantCoverage?.perTest);
		}
	}

	nameOf(block) {
		const name = `${this.testPath} ${fullName(block)}`;
		this.blocks.set(name, block);
		return name;
	}

	/** Gives what a block covered to the tests below it. */
	share(perTest = {}) {
		for (const [name, block] of this.blocks) {
			const covered = perTest[name];
			delete perTest[name];
			for (const test of covered ? testsBelow(block) : []) {
				const own = (perTest[fullName(test)] ??= {});
				for (const [mutant, hits] of Object.entries(covered))
					own[mutant] = (own[mutant] ?? 0) + hits;
			}
		}
	}
};

function testsBelow(block) {
	return block.children.flatMap((child) => (child.type === 'test' ? [child] : testsBelow(child)));
}

/** As Stryker writes it: the names from the outermost `describe` to the test. */
function fullName(node) {
	return node.parent ? `${fullName(node.parent)} ${node.name}`.trimStart() : '';
}
