// Loaded into n8n by NODE_OPTIONS: samples what runs, and appends the longest time in one go that functions of this
// package took, or were waited for by it, as {"at": ms since the epoch, "ours": …}, to the file that LOOP_WHOSE
// names. Garbage collection counts for nobody. Sampling and reading the samples slow n8n down: for a run of its own.
const { appendFileSync } = require('node:fs');
const { Session } = require('node:inspector');
const { isMainThread } = require('node:worker_threads');

const file = process.env.LOOP_WHOSE;
const PACKAGE = 'node_modules/n8n-nodes-dynamics-gp-procore/';
const WINDOW_MS = 10_000;
const SAMPLE_US = 4_000;
/** A timer is late by as long as the loop is busy: between two of its calls lies one turn, or several short ones. */
const TICK_MS = 5;

const microseconds = () => Number(process.hrtime.bigint() / 1000n);

if (file && isMainThread) {
	const session = new Session();
	session.connect();
	session.post('Profiler.enable');
	session.post('Profiler.setSamplingInterval', { interval: SAMPLE_US });
	session.post('Profiler.start');
	let ticks = [microseconds()];
	setInterval(() => ticks.push(microseconds()), TICK_MS).unref();
	setInterval(() => {
		session.post('Profiler.stop', (error, result) => {
			const during = ticks;
			ticks = [microseconds()];
			if (error) return;
			const longest = longestOfOurs(result.profile, during);
			if (longest.ours > 20)
				appendFileSync(file, `${JSON.stringify({ at: Date.now(), ...longest })}\n`);
		});
		session.post('Profiler.start');
	}, WINDOW_MS).unref();
}

/** Of the times between two ticks the one in which ours was longest on the stack, and the function of ours that took most of it. */
function longestOfOurs({ nodes, samples, timeDeltas, startTime }, ticks) {
	const ourFunction = functionsOfOurs(nodes);
	let longest = { ours: 0, where: '' };
	const took = new Map();
	let ours = 0;
	let time = startTime;
	let next = 0;
	samples.forEach((id, at) => {
		time += timeDeltas[at];
		while (ticks[next] <= time) {
			took.clear();
			ours = 0;
			next += 1;
		}
		const name = ourFunction.get(id);
		// A sample speaks of the time until the next one.
		const lasted = timeDeltas[at + 1] ?? 0;
		if (!name || lasted <= 0) return;
		took.set(name, (took.get(name) ?? 0) + lasted / 1000);
		ours += lasted / 1000;
		if (ours <= longest.ours) return;
		const [[where]] = [...took].sort(([, left], [, right]) => right - left);
		longest = { ours: Math.round(ours), where };
	});
	return longest;
}

/** For each place in the tree of calls the innermost function of ours on its stack; none for garbage collection. */
function functionsOfOurs(nodes) {
	const byId = new Map(nodes.map((node) => [node.id, node]));
	const found = new Map();
	const walk = [[nodes[0].id, '']];
	while (walk.length > 0) {
		const [id, outer] = walk.pop();
		const { callFrame, children = [] } = byId.get(id);
		const own = callFrame.url.includes(PACKAGE) ? callFrame.functionName || '(nameless)' : outer;
		if (own && callFrame.functionName !== '(garbage collector)') found.set(id, own);
		for (const child of children) walk.push([child, own]);
	}
	return found;
}
