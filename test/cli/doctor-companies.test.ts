import { checkState } from '../../cli/doctor/check-state';
import type { Facts, FlowFacts } from '../../cli/doctor/facts';
import { asInstalled, template } from './samples';

const NOW = new Date('2026-03-02T12:00:00Z');
const AT = '2026-03-02T11:00:00Z';

const sync = (id: string, isCopy: boolean, active = true): FlowFacts => ({
	template: { ...template(), id: 'gpp-sync' },
	found: { kind: 'one', flow: { ...asInstalled(template(), id), active } },
	isCopy,
});

/** What the doctor says of runs and watermarks of two companies that share the tables. */
function said(rows: Facts['rows'], flows = [sync('S1', false), sync('S2', true)]) {
	const facts = { rows, flows, executions: [], lastFailure: null } as unknown as Facts;
	return checkState(facts, NOW)
		.filter(({ area }) => /^(Runs|Watermarks)/.test(area))
		.map(({ level, area, text }) => `${level} ${area}: ${text}`);
}

test('a run of one company that failed is not hidden by a later one of another', () => {
	const gpp_run = [
		{ run_id: 'r3', gp_company: 'ONE', status: 'success', started_at: AT },
		{ run_id: 'r2', gp_company: 'TWO', status: 'failed', error: 'GP is down', started_at: AT },
		{ run_id: 'r1', gp_company: 'TWO', status: 'success', started_at: AT },
	];
	expect(said({ gpp_run })).toEqual([
		`ok Runs of ONE: the last one (${AT}) succeeded`,
		`attention Runs of TWO: the last one (${AT}) ended failed: GP is down`,
	]);
});

describe('a company whose watermark stands still', () => {
	const link = (workflow: string) => `http://localhost:5678/workflow/${workflow}/executions/7`;
	const rows = {
		gpp_run: [
			{ gp_company: 'ONE', status: 'success', started_at: AT, execution_link: link('S1') },
			{ gp_company: 'TWO', status: 'success', started_at: AT, execution_link: link('S2') },
		],
		gpp_watermark: [
			{ gp_company: 'ONE', entity: 'vendor', updatedAt: '2026-03-02T11:30:00Z' },
			{ gp_company: 'TWO', entity: 'vendor', updatedAt: '2026-03-01T12:00:00Z' },
		],
	};
	const marks = (flows?: FlowFacts[]) =>
		said(rows, flows).filter((line) => /Watermarks/.test(line));

	test('is named though the other one goes on', () => {
		expect(marks()).toEqual([
			'ok Watermarks of ONE: moved within the hour',
			'attention Watermarks of TWO: did not move for 24 h although the sync is published',
		]);
	});

	test('but not where its copy of the sync is not published, or gone', () => {
		for (const flows of [[sync('S1', false), sync('S2', true, false)], [sync('S1', false)]])
			expect(marks(flows)[1]).toBe('ok Watermarks of TWO: moved 24 h ago');
	});
});
