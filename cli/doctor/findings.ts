export type Level = 'ok' | 'attention' | 'broken';

/** One line of the doctor's: what was looked at, how it is, what to do. */
export interface Finding {
	level: Level;
	area: string;
	text: string;
	remedy?: string;
}

export const ok = (area: string, text: string): Finding => ({ level: 'ok', area, text });
export const attention = (area: string, text: string, remedy: string): Finding => ({
	level: 'attention',
	area,
	text,
	remedy,
});
export const broken = (area: string, text: string, remedy: string): Finding => ({
	level: 'broken',
	area,
	text,
	remedy,
});

export const isBroken = (findings: readonly Finding[]): boolean =>
	findings.some(({ level }) => level === 'broken');

const WORDS: Record<Level, string> = { ok: 'OK', attention: 'ATTENTION', broken: 'BROKEN' };

/** What to do first: what is broken, and else what needs a look. */
export function nextStep(findings: readonly Finding[]): string | null {
	const first =
		findings.find(({ level }) => level === 'broken') ??
		findings.find(({ level }) => level === 'attention');
	return first?.remedy ? `${first.area}: ${first.remedy}` : null;
}

/** The findings as lines for a terminal, a verdict, the next step, and where to open what. */
export function describeFindings(
	findings: readonly Finding[],
	addresses: ReadonlyArray<{ what: string; url: string }> = [],
): string {
	const lines = findings.map(({ level, area, text, remedy }) => {
		const line = `${WORDS[level].padEnd(9)}  ${area}: ${text}`;
		return remedy ? `${line}\n${' '.repeat(11)}→ ${remedy}` : line;
	});
	const number = (level: Level) => findings.filter((finding) => finding.level === level).length;
	const verdict =
		number('broken') > 0
			? `${number('broken')} broken, ${number('attention')} to look at.`
			: number('attention') > 0
				? `Nothing broken, ${number('attention')} to look at.`
				: 'All well.';
	const next = nextStep(findings);
	const width = Math.max(0, ...addresses.map(({ what }) => what.length));
	return [
		...lines,
		...(addresses.length > 0 ? ['', 'Open in a browser, with the login of the page:'] : []),
		...addresses.map(({ what, url }) => `  ${what.padEnd(width)}  ${url}`),
		'',
		...(next === null ? [] : [`Next: ${next}`, '']),
		verdict,
	].join('\n');
}
