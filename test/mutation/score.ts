import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { measuredOn, tableRow, withRegion } from '../../scripts/readme-region';

/** A survivor somebody looked at: no test can notice it, and why. `line`: the line as it stands, without the indent. */
export interface Judged {
	file: string;
	line: string;
	/** What the mutant writes there instead of what: `a → b`. */
	change: string;
	why: string;
}

/** What is read of Stryker's report (mutation-testing-report-schema); lines and columns are counted from 1. */
export interface Report {
	files: Record<
		string,
		{
			source: string;
			mutants: {
				status: string;
				replacement?: string;
				location: Record<'start' | 'end', { line: number; column: number }>;
			}[];
		}
	>;
}

export interface Survivor extends Omit<Judged, 'why'> {
	at: number;
}

export interface Score {
	/** Mutants a test could notice: neither judged nor left out by Stryker. */
	mutants: number;
	noticed: number;
	judged: number;
	survivors: Survivor[];
}

const NOTICED = ['Killed', 'Timeout'];
const UNNOTICED = ['Survived', 'NoCoverage'];

export const shareOf = ({ noticed, mutants }: Pick<Score, 'noticed' | 'mutants'>): number =>
	mutants === 0 ? 0 : (100 * noticed) / mutants;

/** Counts a report; survivors that were judged count neither way. */
export function scoreOf(report: Report, judged: readonly Judged[]): Score {
	const keyOf = (one: Omit<Judged, 'why'>) => JSON.stringify([one.file, one.line, one.change]);
	const known = new Set(judged.map(keyOf));
	const score: Score = { mutants: 0, noticed: 0, judged: 0, survivors: [] };
	for (const [file, { source, mutants }] of Object.entries(report.files)) {
		const lines = source.split('\n');
		for (const { status, replacement = '', location } of mutants) {
			const { start, end } = location;
			const covered = lines.slice(start.line - 1, end.line);
			covered[covered.length - 1] = covered[covered.length - 1].slice(0, end.column - 1);
			covered[0] = covered[0].slice(start.column - 1);
			const survivor = {
				file,
				at: start.line,
				line: lines[start.line - 1].trim(),
				change: `${oneLine(covered.join('\n'))} → ${oneLine(replacement)}`,
			};
			if (NOTICED.includes(status)) score.noticed++;
			else if (!UNNOTICED.includes(status)) continue;
			else if (known.has(keyOf(survivor))) score.judged++;
			else score.survivors.push(survivor);
		}
	}
	score.mutants = score.noticed + score.survivors.length;
	return score;
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

/** Puts a room's figures into the table of docs/mutation.md, and the judged survivors below it. */
export function publishScore(
	root: string,
	measured: { room: string; lines: string; seed: string; score: Score },
	judged: readonly Judged[],
	at: Date,
): void {
	const file = path.join(root, 'docs/mutation.json');
	const rooms = existsSync(file)
		? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string[]>)
		: {};
	const { room, lines, seed, score } = measured;
	rooms[room] = [
		lines,
		seed,
		String(score.mutants),
		String(score.noticed),
		`${shareOf(score).toFixed(1)} %`,
		String(score.judged),
		measuredOn(at),
	];
	writeFileSync(file, `${JSON.stringify(rooms, null, '\t')}\n`);
	const page = path.join(root, 'docs/mutation.md');
	const table = [
		tableRow(['room', 'lines', 'seed', 'mutants', 'noticed', 'share', 'judged', 'measured']),
		'|---|---|---|---|---|---|---|---|',
		...Object.entries(rooms).map(([name, cells]) => tableRow([name, ...cells])),
	];
	const list = judged.map(
		(one) => `- \`${one.file}\`, \`${one.change}\` in \`${one.line}\`: ${one.why}`,
	);
	const text = withRegion(readFileSync(page, 'utf8'), 'mutation', table.join('\n'));
	writeFileSync(page, withRegion(text, 'judged', list.join('\n')));
}
