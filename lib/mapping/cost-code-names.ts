import { text } from './crosswalk-index';

/** "03-300" is code 300 under division 03; "5110" stands alone. */
export function splitCostCode(fullCode: string): { parent: string | null; code: string } {
	const cut = fullCode.indexOf('-');
	if (cut <= 0 || cut === fullCode.length - 1) return { parent: null, code: fullCode };
	return { parent: fullCode.slice(0, cut), code: fullCode.slice(cut + 1) };
}

interface JobName {
	number: string;
	name: string;
}

/**
 * Name of a cost code from the descriptions of the accounts behind it: the job part taken off, and
 * of several descriptions ("Concrete - Labor", "Concrete - Material") the words they begin with in
 * common. The code itself when nothing is left. One job for all accounts, or one for each.
 */
export function costCodeName(
	descriptions: ReadonlyArray<string | null>,
	jobs: JobName | readonly JobName[],
	fullCode: string,
): string {
	const names = descriptions.map((description, index) => {
		const job = Array.isArray(jobs) ? (jobs[index] as JobName | undefined) : (jobs as JobName);
		return job?.number ? withoutJob(text(description), job) : trimmed(text(description));
	});
	const given = names.filter((name) => name !== '');
	if (given.length === 0) return fullCode;
	return trimmed(commonStart(given)) || given[0];
}

function withoutJob(description: string, job: JobName): string {
	const number = escaped(job.number);
	const parts = [`job\\s*(?:no\\.?\\s*)?#?\\s*${number}`, number];
	if (text(job.name) !== '') parts.unshift(escaped(text(job.name)));
	const part = `(?:${parts.join('|')})`;
	// Only at either end, as a whole word: "5100 Concrete 300 psi" keeps its 300.
	const start = new RegExp(`^(?:${part}(?![\\p{L}\\p{N}])[\\s\\-–—:/,#]*)+`, 'iu');
	const end = new RegExp(`(?:[\\s\\-–—:/,#(]+${part}\\)?)+$`, 'iu');
	return trimmed(description.replace(start, '').replace(end, ''));
}

function commonStart(names: string[]): string {
	const [first, ...others] = names.map((name) => name.split(/\s+/));
	let length = first.length;
	for (const words of others) {
		let same = 0;
		while (same < length && words[same]?.toLowerCase() === first[same].toLowerCase()) same++;
		length = same;
	}
	return first.slice(0, length).join(' ');
}

function trimmed(value: string): string {
	return value.replace(/^[\s\-–—:/,]{1,40}|[\s\-–—:/,(]{1,40}$/gu, '');
}

function escaped(value: string): string {
	return value.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
