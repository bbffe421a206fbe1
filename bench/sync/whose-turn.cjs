// Loaded into n8n by NODE_OPTIONS: samples what runs, and appends the longest time in one go that functions of this
// package took, or were waited for by it, as {"at": ms since the epoch, "ours": …}, to the file that LOOP_WHOSE
// names. Garbage collection counts for nobody. Sampling and reading the samples slow n8n down: for a run of its own.
const { appendFileSync } = require('node:fs');
const { Session } = require('node:inspector');
const { isMainThread } = require('node:worker_threads');

const file = process.env.LOOP_WHOSE;
const PACKAGE = 'node_modules/n8n-nodes-dynamics-gp-procore/';
const WINDOW_MS = 3_000;
const SAMPLE_US = 2_000;

if (file && isMainThread) {
	const session = new Session();
	session.connect();
	session.post('Profiler.enable');
	session.post('Profiler.setSamplingInterval', { interval: SAMPLE_US });
	session.post('Profiler.start');
	setInterval(() => {
		session.post('Profiler.stop', (error, result) => {
			if (error) return;
			const longest = longestOfOurs(result.profile);
			if (longest.ours > 20)
				appendFileSync(file, `${JSON.stringify({ at: Date.now(), ...longest })}\n`);
		});
		session.post('Profiler.start');
	}, WINDOW_MS).unref();
}

/** A turn lasts until nothing runs, or something else than what began it; its time is that with ours on the stack. */
function longestOfOurs({ nodes, samples, timeDeltas }) {
	const byId = new Map(nodes.map((node) => [node.id, node]));
	const about = new Map();
	const walk = [[nodes[0].id, null, false]];
	while (walk.length > 0) {
		const [id, began, ours] = walk.pop();
		const { callFrame, children = [] } = byId.get(id);
		const own = ours || callFrame.url.includes(PACKAGE);
		about.set(id, { began: began ?? id, ours: own, name: callFrame.functionName });
		for (const child of children)
			walk.push([child, id === nodes[0].id ? null : (began ?? id), own]);
	}
	let longest = { ours: 0, where: '' };
	let turn = null;
	samples.forEach((id, at) => {
		const { began, ours, name } = about.get(id);
		if (name === '(idle)') return (turn = null);
		if (name === '(garbage collector)' || name === '(program)') return;
		if (turn?.began !== began) turn = { began, ours: 0 };
		if (!ours) return;
		turn.ours += timeDeltas[at] / 1000;
		if (turn.ours > longest.ours) longest = { ours: Math.round(turn.ours), where: name };
	});
	return longest;
}
