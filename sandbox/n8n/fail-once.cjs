/**
 * Loaded into a real n8n by NODE_OPTIONS=--require: makes one node fail once, before it does
 * anything. The file named in FAIL_ONCE_FILE holds the name of the node; it is removed when that
 * node fails.
 */
const fs = require('node:fs');
const Module = require('node:module');

const file = process.env.FAIL_ONCE_FILE;
const load = Module._load;

Module._load = function (request, parent, isMain) {
	const loaded = load.call(this, request, parent, isMain);
	const engine = loaded?.WorkflowExecute?.prototype;
	if (file && engine?.runNode && !engine.failsOnce) disturb(engine);
	return loaded;
};

function disturb(engine) {
	engine.failsOnce = true;
	const runNode = engine.runNode;
	engine.runNode = async function (workflow, executionData, ...more) {
		const { name } = executionData.node;
		if (wanted() === name) {
			fs.rmSync(file);
			throw new Error(`Made to fail: ${name}`);
		}
		return await runNode.call(this, workflow, executionData, ...more);
	};
}

function wanted() {
	try {
		return fs.readFileSync(file, 'utf8').trim();
	} catch {
		return null;
	}
}
