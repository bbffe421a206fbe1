import { measuredOn, tableRow, writeReadmeRegion } from '../../scripts/readme-region';
import { EVERYTHING } from './faults';

/** What each fault is, for people who read the README. */
const IN_WORDS: Record<string, string> = {
	refused: 'Connection refused',
	resetBefore: 'Connection reset before the request took effect',
	resetAfter: 'Connection reset after the request took effect',
	halfOpenBefore: 'No answer, the request never arrived',
	halfOpenAfter: 'No answer, though the request took effect',
	truncated: 'Answer cut off in the middle',
	garbled: 'Answer is broken JSON',
	html: 'Status 200 with a web page of a proxy',
	empty: 'Status 200 without a body',
	unauthorised: '401 in the middle of a run',
	tooMany: '429 with Retry-After in seconds',
	unavailableUntil: '503 with Retry-After as a date',
	serverFault: '500, 502 or 504',
	serverFaultAfter: '500 or 502 after the request took effect',
	repeatedRows: 'Page that repeats rows',
	editMeanwhile: 'Somebody edits GP during the request',
	shortPage: 'Page shorter than it should be',
	loseToken: 'Access token forgotten by the server',
	clockSkew: 'Clocks that differ',
	kill: 'n8n ends in the middle of a run',
	retry: 'Failed execution retried',
};

export interface Outcome {
	runs: number;
	lost: number;
	duplicated: number;
	unexplained: string;
	failedSeeds: readonly string[];
}

/** The fault table of the README: what was met how often, and what was lost by it. */
export function publishFaults(
	root: string,
	outcome: Outcome,
	met: ReadonlyMap<string, number>,
	at: Date,
): void {
	writeReadmeRegion(root, 'faults', faultTable(outcome, met, measuredOn(at)));
}

export function faultTable(
	{ runs, lost, duplicated, unexplained, failedSeeds }: Outcome,
	met: ReadonlyMap<string, number>,
	machine: string,
): string {
	const times = (what: string) => (met.get(what) ?? 0).toLocaleString('en-US');
	const faults = new Set(EVERYTHING.map((what) => what.replace(/^(gp|procore) /, '')));
	const cell = (side: string, fault: string) =>
		EVERYTHING.includes(`${side} ${fault}`) ? times(`${side} ${fault}`) : '';
	return [
		`${runs.toLocaleString('en-US')} lives of a company, each several whole syncs with random faults and edits of GP between and within them`,
		`(\`npm run test:chaos -- --runs ${runs} --publish\`; ${machine}). When the faults had stopped: **${lost} records lost, ${duplicated} sent twice,`,
		`${unexplained} unexplained**${failedSeeds.length > 0 ? `, ${failedSeeds.length} lives that ended otherwise than they should` : ''}.`,
		'',
		tableRow(['fault', 'met at GP', 'met at Procore', 'elsewhere']),
		tableRow(['---', '---:', '---:', '---:']),
		...[...faults].map((fault) =>
			tableRow([
				IN_WORDS[fault] ?? capitalised(fault),
				cell('gp', fault),
				cell('procore', fault),
				EVERYTHING.includes(fault) ? times(fault) : '',
			]),
		),
	].join('\n');
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
