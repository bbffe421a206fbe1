import type { Completeness } from '../../../model/gp-changes';
import { NO_MORE_WANTED, textOf, untilRepeated, type Answer, type Reading } from './page';
import { judgeWhole, saysMore } from './verdict';

/**
 * Reads a list the server cuts into pages by itself, by the links it gives. They are asked for without
 * `$top`, which would bound them: a list of 1,500 would seem to end after 500.
 */
export async function readLinked<Row>(
	reading: Reading<Row>,
	start?: Answer<Row>,
): Promise<Completeness> {
	const { options } = reading;
	let first = start;
	return await untilRepeated(reading, async () => {
		let answer = first ?? (await reading.get({ everything: true }));
		first = undefined;
		const links = new Set<string>();
		const known = new Set<string>();
		const pages: string[] = [];
		let rows = 0;
		let moved = false;
		for (;;) {
			await reading.take(answer);
			rows += answer.keys.length;
			pages.push(textOf(answer.keys));
			moved ||= answer.keys.some((key) => known.has(key));
			for (const key of answer.keys) known.add(key);
			const { next } = answer.page;
			if (next === null) break;
			if (reading.enough()) return { pages, end: NO_MORE_WANTED };
			if (links.has(next)) options.unstable('the service gave the same "next page" link twice');
			links.add(next);
			answer = await reading.get({ next });
		}
		if (moved) return 'moved';
		if (links.size === 0) return { pages, end: judgeWhole(answer, options) };
		const why = saysMore(answer, rows, options);
		return { pages, end: why ? { proven: false, why } : { proven: true, by: 'links' } };
	});
}
