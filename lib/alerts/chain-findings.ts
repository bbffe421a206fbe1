import type { RunVerdict } from '../audit/verify-runs';
import type { AlertRow, Finding } from './alert.types';
import { evaluateAlerts } from './evaluate';

export const CHAIN_BROKEN = 'chain-broken';
const MOST_NAMED = 5;

/**
 * What a check of audit chains leaves in the alerts table: a row for each company with a broken
 * run. A standing row is over only when the run it names was checked again and is intact. It is
 * marked `resolved`, so that whoever tells about alerts tells that too.
 */
export function chainAlerts(verdicts: RunVerdict[], standing: AlertRow[], now: string): AlertRow[] {
	const rows = standing.filter((row) => row.condition === CHAIN_BROKEN);
	const repaired = new Set(
		verdicts.filter(({ verdict }) => verdict !== 'broken').map(({ run_id }) => run_id),
	);
	const changes = evaluateAlerts({
		findings: chainFindings(verdicts),
		rows,
		checked: (row) => repaired.has(row.run_id),
		repeatHours: Infinity,
		now,
	});
	return [
		...changes.standing,
		...changes.cleared.map((row) => ({ ...row, severity: 'resolved', last_at: now })),
	];
}

function chainFindings(verdicts: RunVerdict[]): Finding[] {
	const companies = new Map<string, RunVerdict[]>();
	for (const verdict of verdicts) {
		if (verdict.verdict !== 'broken') continue;
		const { gp_company } = verdict;
		companies.set(gp_company, [...(companies.get(gp_company) ?? []), verdict]);
	}
	return [...companies.entries()].map(([gp_company, broken]) => ({
		condition: CHAIN_BROKEN,
		gp_company,
		severity: 'problem',
		subject: 'The audit trail was changed',
		message: broken
			.slice(0, MOST_NAMED)
			.map(({ run_id, started_at, problem }) => `Run ${run_id} of ${started_at}: ${problem}`)
			.join('\n'),
		remedy:
			'Find out who changed gpp_event or gpp_run: n8n shows when a row was last updated. The records in Procore are not affected. To acknowledge, delete this row of gpp_alert.',
		run_id: broken[0]!.run_id,
		link: broken[0]!.execution_link,
		level: broken.length,
	}));
}
