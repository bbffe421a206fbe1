// Loaded into n8n by NODE_OPTIONS: appends the longest waits of the event loop of every second, whole and without
// what Node.js collected garbage in them, as {"at": ms since the epoch, "ms": …, "work": …}, to the file that
// LOOP_WATCH names.
const { appendFileSync } = require('node:fs');
const { performance, PerformanceObserver } = require('node:perf_hooks');
const { isMainThread } = require('node:worker_threads');

const file = process.env.LOOP_WATCH;
const TURN_MS = 10;
/** Shorter ones are nobody's concern. */
const SHORTEST_MS = 50;

if (file && isMainThread) {
	let waits = [];
	let collections = [];
	new PerformanceObserver((list) => {
		for (const { startTime, duration } of list.getEntries())
			collections.push({ from: startTime, to: startTime + duration });
	}).observe({ entryTypes: ['gc'] });
	let last = performance.now();
	setInterval(() => {
		const now = performance.now();
		if (now - last - TURN_MS > SHORTEST_MS) waits.push({ from: last + TURN_MS, to: now });
		last = now;
	}, TURN_MS).unref();
	setInterval(() => {
		const told = waits.map((wait) => {
			const collected = collections.reduce((sum, one) => sum + shared(wait, one), 0);
			return { ms: wait.to - wait.from, work: wait.to - wait.from - collected };
		});
		[waits, collections] = [[], []];
		if (told.length === 0) return;
		const longest = (name) => Math.round(Math.max(...told.map((wait) => wait[name])));
		const line = { at: Date.now(), ms: longest('ms'), work: longest('work') };
		appendFileSync(file, `${JSON.stringify(line)}\n`);
	}, 1000).unref();
}

/** Milliseconds two stretches of time have in common. */
function shared(one, other) {
	return Math.max(0, Math.min(one.to, other.to) - Math.max(one.from, other.from));
}
