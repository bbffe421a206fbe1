import { withRegion } from '../../scripts/readme-region';
import { faultTable } from '../chaos/publish';

describe('what is measured goes into the README', () => {
	const page = 'Before\n<!-- faults -->\nold\n<!-- /faults -->\nAfter\n';

	it('replaces what stands between the marks, and nothing else', () => {
		expect(withRegion(page, 'faults', 'new\n')).toBe(
			'Before\n<!-- faults -->\nnew\n<!-- /faults -->\nAfter\n',
		);
	});

	it('refuses a page without the marks', () => {
		expect(() => withRegion('Before', 'faults', 'new')).toThrow('no region "faults"');
	});

	it('counts each fault at its side, and says what was lost', () => {
		const outcome = {
			runs: 2000,
			lost: 1,
			duplicated: 2,
			unexplained: '3.00',
			failedSeeds: ['17'],
		};
		const met = new Map([
			['gp refused', 1234],
			['procore refused', 5],
			['kill', 6],
		]);
		const table = faultTable(outcome, met, 'a machine');
		expect(table).toContain('2,000 lives');
		expect(table).toContain('**1 records lost, 2 sent twice,\n3.00 unexplained**, 1 lives');
		expect(table).toContain('| Connection refused | 1,234 | 5 |  |');
		expect(table).toContain('| n8n ends in the middle of a run |  |  | 6 |');
	});
});
