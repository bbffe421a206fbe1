/**
 * Loaded into a real n8n by NODE_OPTIONS=--require: makes nodes fail once, before they do anything.
 * The file named in FAIL_ONCE_FILE holds them as JSON: `[{ "node": name, "visit": 2, "how": "fail" }]`,
 * counted from 1, of the workflow named in FAIL_ONCE_WORKFLOW. Instead of failing, a node may `hang`:
 * nothing of its execution goes on then, until somebody kills n8n. One that n8n tries again by itself fails
 * each time, else nobody would notice. A node that was met is taken off the list. All nodes that ran are added to the file's neighbour `.log`, a line each: id of the
 * execution, workflow and node, tabs in between.
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
	/** Execution and node → tries of n8n's own that are still to fail. */
	const again = new Map();
	const runNode = engine.runNode;
	engine.runNode = async function (workflow, executionData, ...more) {
		const { name } = executionData.node;
		const [, , { executionId }] = more;
		fs.appendFileSync(`${file}.log`, `${[executionId, workflow.name, name].join('\t')}\n`);
		const place = `${executionId} ${name}`;
		const left = again.get(place) ?? 0;
		if (left > 0) {
			again.set(place, left - 1);
			throw new Error(`Made to fail again: ${name}`);
		}
		const how = workflow.name === process.env.FAIL_ONCE_WORKFLOW ? meet(name) : undefined;
		if (how === 'hang') return await new Promise(() => {});
		if (how === 'fail') {
			if (executionData.node.retryOnFail) again.set(place, (executionData.node.maxTries ?? 3) - 1);
			throw new Error(`Made to fail: ${name}`);
		}
		return await runNode.call(this, workflow, executionData, ...more);
	};
}

/** What this visit of the node is to come to; undefined = nothing out of the way. */
function meet(name) {
	const awaited = read();
	const index = awaited.findIndex(({ node }) => node === name);
	if (index < 0) return undefined;
	const { visit, how } = awaited[index];
	if (visit > 1) awaited[index].visit--;
	else awaited.splice(index, 1);
	// In one piece: the test reads it meanwhile.
	fs.writeFileSync(`${file}.new`, JSON.stringify(awaited));
	fs.renameSync(`${file}.new`, file);
	return visit > 1 ? undefined : how;
}

function read() {
	try {
		return JSON.parse(fs.readFileSync(file, 'utf8'));
	} catch {
		return [];
	}
}
