import { parentPort } from 'node:worker_threads';

/** Milliseconds the expression takes for the text, the least of so many. */
function timeOf(expression, text, runs = 2) {
	let least = Infinity;
	for (let run = 0; run < runs; run += 1) {
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
		if (large < 8) continue;
		let ratio = large / Math.max(timeOf(expression, text(4_000)), 0.05);
		// A busy machine makes a linear one look worse; at four times the length it cannot, again and again.
		if (ratio > 6)
			ratio = timeOf(expression, text(64_000), 4) / timeOf(expression, text(16_000), 4);
		if (large > worst.ms) worst = { ms: Math.round(large), ratio: Math.round(ratio), pump };
	}
	parentPort.postMessage(worst);
});
