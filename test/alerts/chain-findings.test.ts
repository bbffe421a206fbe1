import { chainAlerts } from '../../lib/alerts/alerts';
import type { RunVerdict } from '../../lib/audit/chain';
import { alert, NOW } from './samples';

const verdict = (run_id: string, given: Partial<RunVerdict> = {}): RunVerdict => ({
	run_id,
	gp_company: 'TWO',
	started_at: NOW,
	verdict: 'broken',
	problem: 'Event 2: event 2 is missing.',
	events: 3,
	execution_link: '',
	...given,
});
const intact = (run_id: string) => verdict(run_id, { verdict: 'intact', problem: '' });
const standing = (run_id: string) => alert({ condition: 'chain-broken', run_id });

describe('a broken audit trail', () => {
	test('stands as one alert of its company that names the runs', () => {
		const rows = chainAlerts([verdict('a'), verdict('b'), intact('c')], [], NOW);
		expect(rows).toEqual([
			expect.objectContaining({
				condition: 'chain-broken',
				run_id: 'a',
				severity: 'problem',
				notified_at: '',
				message: expect.stringMatching(/Run a .*\nRun b /),
			}),
		]);
	});

	test('is over when the run is intact again, not when it was merely not looked at', () => {
		expect(chainAlerts([intact('a')], [standing('a')], NOW)).toEqual([
			expect.objectContaining({ severity: 'resolved' }),
		]);
		expect(chainAlerts([intact('b')], [standing('a')], NOW)).toEqual([]);
	});

	test('touches no alert of another kind', () => {
		expect(chainAlerts([], [alert()], NOW)).toEqual([]);
	});
});
