// Loaded into n8n by NODE_OPTIONS: appends the longest wait of the event loop of every second that
// was not idle, as {"at": ms since the epoch, "ms": …}, to the file that LOOP_WATCH names.
const { appendFileSync } = require('node:fs');
const { monitorEventLoopDelay } = require('node:perf_hooks');
const { isMainThread } = require('node:worker_threads');

const file = process.env.LOOP_WATCH;
if (file && isMainThread) {
	const watch = monitorEventLoopDelay({ resolution: 10 });
	watch.enable();
	setInterval(() => {
		const ms = Math.round(watch.max / 1e6);
		watch.reset();
		if (ms > 50)
			appendFileSync(file, `${JSON.stringify({ at: Date.now(), pid: process.pid, ms })}\n`);
	}, 1000).unref();
}
