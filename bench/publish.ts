import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { escapeHtml } from '../lib/model/foreign-text';
import { measuredOn, tableRow, writeReadmeRegion } from '../scripts/readme-region';
import { goalOf, isMet, shown, type Figure } from './figure';

/** Writes `docs/benchmarks.md` and `docs/images/benchmarks.svg`: the same figures to read and to look at. */
export function publish(figures: readonly Figure[], at: Date, docs: string): void {
	mkdirSync(path.join(docs, 'images'), { recursive: true });
	writeFileSync(path.join(docs, 'images', 'benchmarks.svg'), plot(figures));
	writeFileSync(path.join(docs, 'benchmarks.md'), page(figures, at));
	writeReadmeRegion(path.dirname(docs), 'benchmarks', excerpt(figures, at));
}

function page(figures: readonly Figure[], at: Date): string {
	return [
		'# Benchmarks',
		'',
		'Written by `npm run bench -- --publish`. Ratios are of contenders in one run, in turns, on one machine; counts are exact.',
		'',
		`Measured ${measuredOn(at)}.`,
		'',
		'![How far each figure with a goal is from its goal](images/benchmarks.svg)',
		'',
		table(figures),
		'',
	].join('\n');
}

/** What the README shows: the figures that are held to something. */
function excerpt(figures: readonly Figure[], at: Date): string {
	const held = figures.filter((figure) => goalOf(figure) !== '');
	return [
		`Measured ${measuredOn(at)}; all figures: [docs/benchmarks.md](docs/benchmarks.md).`,
		'',
		table(held),
	].join('\n');
}

function table(figures: readonly Figure[]): string {
	return [
		tableRow(['what', 'measured', 'goal', 'could be at best']),
		tableRow(['---', '---:', '---', '---']),
		...figures.map((figure) =>
			tableRow([
				figure.name,
				`${shown(figure.value)} ${figure.unit}`,
				goalOf(figure) && `${goalOf(figure)}${isMet(figure) ? '' : ' **missed**'}`,
				figure.floor ?? '',
			]),
		),
	].join('\n');
}

const WIDTH = 900;
const LINE = 26;
const LEFT = 470;
const GOAL_AT = LEFT + 260;

/** A bar per figure with a goal; the goal is one line for all, better is to the left of it. */
function plot(figures: readonly Figure[]): string {
	const withGoal = figures.filter((one) => goalOf(one) !== '' && (one.atMost ?? 1) > 0);
	const height = withGoal.length * LINE + 44;
	const bars = withGoal.map((figure, index) => {
		const share =
			figure.atMost !== undefined
				? figure.value / figure.atMost
				: figure.atLeast! / Math.max(figure.value, 1e-9);
		const width = Math.max(2, Math.min(share, 1.6) * (GOAL_AT - LEFT));
		const y = 34 + index * LINE;
		return [
			`<text x="${LEFT - 10}" y="${y + 12}" text-anchor="end">${escapeHtml(figure.name)}</text>`,
			`<rect x="${LEFT}" y="${y}" width="${width.toFixed(1)}" height="16" rx="2" fill="${isMet(figure) ? '#2e7d4f' : '#b3261e'}"/>`,
			`<text x="${(LEFT + width + 8).toFixed(1)}" y="${y + 12}">${escapeHtml(`${shown(figure.value)} ${figure.unit} (${goalOf(figure)})`)}</text>`,
		].join('');
	});
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="12" role="img" aria-label="Each figure against its goal">`,
		`<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
		`<text x="${GOAL_AT}" y="18" text-anchor="middle" fill="#555555">goal</text>`,
		`<line x1="${GOAL_AT}" y1="24" x2="${GOAL_AT}" y2="${height - 6}" stroke="#555555" stroke-dasharray="3 3"/>`,
		...bars,
		'</svg>',
		'',
	].join('\n');
}
