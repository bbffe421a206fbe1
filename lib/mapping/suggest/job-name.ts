/** Below this many accounts a common beginning may be chance. */
const FEWEST = 3;

/**
 * Name of a job from the descriptions of its accounts ("Riverfront Garage - Concrete", "Riverfront
 * Garage - Steel"): the words all begin with. Core GP keeps no name of a job, so this is the only
 * place it may stand. Null where they have nothing in common.
 */
export function jobNameOf(descriptions: ReadonlyArray<string | null>): string | null {
	const given = descriptions.map((one) => (one ?? '').trim()).filter((one) => one !== '');
	if (given.length < FEWEST) return null;
	const [first, ...others] = given.map((one) => one.split(/\s+/));
	let length = first.length;
	for (const words of others) {
		let same = 0;
		while (same < length && words[same]?.toLowerCase() === first[same].toLowerCase()) same++;
		length = same;
	}
	const name = first
		.slice(0, length)
		.join(' ')
		.replace(/[\s\-–—:/,(]{1,40}$/u, '');
	return name === '' ? null : name;
}
