import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { escapeHtml } from '../lib/model/foreign-text';
import { measuredOn, tableRow, writeReadmeRegion } from '../scripts/readme-region';
import { goalOf, isMet, PARTS, shown, type Figure, type PartName } from './figure';

/** One part of the bench as it was last measured: when and on what, and its figures. */
interface Part {
	measured: string;
	figures: readonly Figure[];
}

/**
 * Writes `docs/benchmarks.md`, `docs/images/benchmarks.svg` and the README's table: the same figures to read and to
 * look at. Parts that were not measured this time stay as they were (`docs/benchmarks.json` remembers them).
 */
export function publish(
	measured: Readonly<Record<string, readonly Figure[]>>,
	at: Date,
	docs: string,
): void {
	const file = path.join(docs, 'benchmarks.json');
	const before = existsSync(file)
		? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, Part>)
		: {};
	const parts = withMeasured(before, measured, measuredOn(at));
	const figures = Object.values(parts).flatMap((part) => part.figures);
	mkdirSync(path.join(docs, 'images'), { recursive: true });
	writeFileSync(file, `${JSON.stringify(parts, null, '\t')}\n`);
	writeFileSync(path.join(docs, 'images', 'benchmarks.svg'), plot(figures));
	writeFileSync(path.join(docs, 'benchmarks.md'), page(parts));
	writeReadmeRegion(path.dirname(docs), 'benchmarks', excerpt(parts));
}

/** The parts as they are known now, in the order of the bench. */
export function withMeasured(
	before: Readonly<Record<string, Part>>,
	measured: Readonly<Record<string, readonly Figure[]>>,
	on: string,
): Record<string, Part> {
	const parts: Record<string, Part> = { ...before };
	for (const [name, figures] of Object.entries(measured)) parts[name] = { measured: on, figures };
	return Object.fromEntries(PARTS.filter((name) => parts[name]).map((name) => [name, parts[name]]));
}

const TITLES: Record<PartName, string> = {
	ntlm: 'Windows login',
	mapping: 'Mapping',
	procore: "Calls of Procore's API",
	events: 'A sync beside a long audit trail',
	sync: 'The whole sync in a real n8n',
	syncBySql: 'The same, GP read by SQL',
};

function page(parts: Record<string, Part>): string {
	return [
		'# Benchmarks',
		'',
		'Written by `npm run bench -- --publish`. Ratios are of contenders in one run, in turns, on one machine; counts are exact.',
		'',
		'![How far each figure with a goal is from its goal](images/benchmarks.svg)',
		'',
		...Object.entries(parts).flatMap(([name, { measured, figures }]) => [
			`## ${TITLES[name as PartName]}`,
			'',
			`Measured ${measured}.`,
			'',
			table(figures),
			'',
		]),
	].join('\n');
}

/** What the README shows: the figures that are held to something. */
function excerpt(parts: Record<string, Part>): string {
	const on = [...new Set(Object.values(parts).map(({ measured }) => measured))];
	const held = Object.values(parts)
		.flatMap(({ figures }) => figures)
		.filter((figure) => goalOf(figure) !== '');
	return [
		`Measured ${on.join('; ')}. All figures: [docs/benchmarks.md](docs/benchmarks.md).`,
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
