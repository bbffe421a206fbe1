import type { Suggestion } from './suggest';

/** What a row says about the record it was linked to. */
export function linkedNote({ name, score, why }: Suggestion): string {
	return score === 1 && why === 'number'
		? `linked: same number, ${name}`
		: `linked: ${why === 'number' ? 'number' : 'name'} alike (${percent(score)}), ${name}`;
}

/** What a row says that was not linked: who it may be, best first. */
export function candidatesNote(candidates: readonly Suggestion[], otherwise: string): string {
	if (candidates.length === 0) return otherwise;
	const named = candidates.map(
		({ id, name, score, why }) => `${name} (${id}), ${percent(score)} by ${why}`,
	);
	return `candidates: ${named.join('; ')}`;
}

function percent(score: number): string {
	return `${Math.floor(score * 100)} %`;
}
