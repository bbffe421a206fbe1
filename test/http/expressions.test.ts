import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { findExpressions, pumpsFor, type FoundExpression } from './expressions';

/** Longest time one expression may take for all its texts: far beyond what a linear one needs. */
const BOUND_MS = 10_000;
/** Four times the length: a linear expression takes four times as long, a quadratic one sixteen. */
const MOST_GROWTH = 9;

const { found, computed } = findExpressions();

/**
 * Each expression of the package against texts of 4,000 and 16,000 characters made of its own words, and
 * where it looks slow of 64,000, in a thread that is ended when it does not come back. This finds exponential and quadratic
 * expressions for the texts tried; it is no proof for all texts.
 */
test('no expression takes more than its share of time', async () => {
	expect(found.length).toBeGreaterThan(200);
	const slow: string[] = [];
	let worker = start();
	for (const expression of found) {
		const verdict = await judge(worker, expression);
		if (verdict === null) {
			slow.push(`${expression.at} /${expression.source}/ did not come back`);
			await worker.terminate();
			worker = start();
		} else if (verdict.ratio > MOST_GROWTH) {
			slow.push(
				`${expression.at} /${expression.source}/ took ${verdict.ms} ms, ${verdict.ratio} times that of a quarter, for ${JSON.stringify(verdict.pump)}`,
			);
		}
	}
	await worker.terminate();
	expect(slow).toEqual([]);
}, 300_000);

test('expressions made while running are known', () => {
	expect(computed.map((at) => at.split(':')[0]).sort()).toMatchInlineSnapshot(`
		[
		  "lib/gp/discovery/questions.ts",
		  "lib/gp/discovery/questions.ts",
		  "lib/mapping/cost-codes.ts",
		  "lib/mapping/cost-codes.ts",
		  "lib/mapping/patterns.ts",
		  "lib/mapping/patterns.ts",
		  "lib/model/foreign-text.ts",
		  "lib/model/named-secrets.ts",
		]
	`);
});

function start(): Worker {
	return new Worker(path.join(__dirname, 'expressions-worker.mjs'));
}

function judge(worker: Worker, expression: FoundExpression) {
	return new Promise<{ ms: number; ratio: number; pump: string } | null>((resolve) => {
		const timer = setTimeout(() => resolve(null), BOUND_MS);
		worker.once('message', (verdict) => {
			clearTimeout(timer);
			resolve(verdict);
		});
		worker.postMessage({ ...expression, pumps: pumpsFor(expression) });
	});
}
