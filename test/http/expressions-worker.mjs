import { parentPort } from 'node:worker_threads';

/** Milliseconds the expression takes for the text, the least of two. */
function timeOf(expression, text) {
	let least = Infinity;
	for (let run = 0; run < 2; run += 1) {
		expression.lastIndex = 0;
		const started = performance.now();
		text.replace(expression, '');
		least = Math.min(least, performance.now() - started);
		if (least < 1) break;
	}
	return least;
}

parentPort.on('message', ({ source, flags, pumps }) => {
	const expression = new RegExp(source, flags.includes('g') ? flags : `${flags}g`);
	let worst = { ms: 0, ratio: 0, pump: '' };
	for (const pump of pumps) {
		const text = (length) => `${pump.repeat(Math.ceil(length / pump.length))}\u0001`;
		const large = timeOf(expression, text(16_000));
		if (large < 25) continue;
		const ratio = large / Math.max(timeOf(expression, text(4_000)), 0.05);
		if (large > worst.ms) worst = { ms: Math.round(large), ratio: Math.round(ratio), pump };
	}
	parentPort.postMessage(worst);
});
