import { breather } from '../../http/read-body';

/** Maps in order with at most `concurrency` under way; the first failure ends it and starts nothing more. */
export async function mapConcurrently<Item, Result>(
	items: readonly Item[],
	concurrency: number,
	task: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
	const results = new Array<Result>(items.length);
	let next = 0;
	let failed = false;
	const pause = breather();
	const worker = async () => {
		while (!failed && next < items.length) {
			const index = next;
			next += 1;
			try {
				results[index] = await task(items[index]!, index);
				await pause();
			} catch (error) {
				failed = true;
				throw error;
			}
		}
	};
	await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, worker));
	return results;
}
