import type { Numbers } from './propose-numbers';
import type { Scored } from './propose-choice';
import type { SampleLine } from './propose-types';

/** "96.3 % of 1,240 lines"; rounded down, so that 100 % is all. */
export function counted(covered: number, of: number): string {
	const share = of === 0 ? 0 : Math.floor((covered / of) * 1000) / 10;
	return `${share} % of ${of.toLocaleString('en-US')} lines`;
}

const SHOWN = 60;

export function shownText(text: string): string {
	const trimmed = text.trim();
	return trimmed.length > SHOWN ? `${trimmed.slice(0, SHOWN)}…` : trimmed;
}

/** Up to two lines as they are written, with the number of Procore that is read from them. */
export function exampleOf(
	{ ids, values }: Pick<Scored, 'ids' | 'values'>,
	lines: readonly SampleLine[],
	numbers: Numbers,
	most = 2,
): string[] {
	const examples: string[] = [];
	const shown = new Set<string>();
	for (const [index, line] of lines.entries()) {
		const id = ids[index];
		if (id === undefined || shown.has(id)) continue;
		shown.add(id);
		examples.push(`${lineShown(line)}: ${values[index]} is ${numbers.texts.get(id)} of Procore`);
		if (examples.length >= most) break;
	}
	return examples;
}

export function lineShown(line: SampleLine): string {
	const carriers = [
		['reference', line.reference],
		['PO number', line.purchaseOrder],
		['description', line.description],
	].flatMap(([name, value]) =>
		(value ?? '').trim() === '' ? [] : [`${name} "${shownText(value!)}"`],
	);
	return [`account ${shownText(line.account)}`, ...carriers].join(', ');
}

/** What else was looked at: place, lines, and how much of what stands there is a number of Procore. */
export function rankingOf(ranking: readonly Scored[]): string[] {
	return ranking
		.slice(0, 5)
		.map(
			({ name, matched, read, distinct }) =>
				`${name}: ${distinct.size} numbers of Procore on ${matched} of the ${read} lines that have something there`,
		);
}
