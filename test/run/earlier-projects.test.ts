import { earlierProjects, sentBefore } from '../../lib/run/batch';
import { event } from './requests/samples';

const sent = (gp_key: string, procore_project_id: string, more = {}) => ({
	...event(gp_key),
	gp_key,
	outcome: 'created',
	procore_project_id,
	dry_run: false,
	...more,
});

test('each document with the projects it was written to, in their order, once', () => {
	expect(
		earlierProjects([
			sent('1;417', '9'),
			sent('1;417', '8', { outcome: 'voided' }),
			sent('1;417', '9', { outcome: 'updated' }),
			sent('1;418', '9', { outcome: 'adopted' }),
		]),
	).toEqual({ '1;417': ['9', '8'], '1;418': ['9'] });
});

test('what was not written, only tried out, or went to no project does not count', () => {
	expect(
		earlierProjects([
			sent('1;417', '9', { outcome: 'parked' }),
			sent('1;417', '9', { outcome: 'unchanged' }),
			sent('1;417', '9', { dry_run: true }),
			sent('1;417', ''),
		]),
	).toEqual({});
});

test('how each document was sent last, of what was not taken out since', () => {
	const write = (type: string, id: string, hour: number, outcome = 'created') =>
		sent('1;417', '9', {
			procore_type: type,
			procore_id: id,
			outcome,
			at: `2026-03-01T0${hour}:00:00.000Z`,
		});
	const cost = write('directCost', '70', 1);
	const at = (hour: number) => `2026-03-01T0${hour}:00:00.000Z`;
	expect(sentBefore([cost])).toEqual({ '1;417': { 9: { id: '70', at: at(1) } } });
	const moved = [cost, write('directCost', '70', 2, 'voided'), write('requisition', '80', 2)];
	const requisition = { type: 'requisition', id: '80', at: at(2) };
	expect(sentBefore(moved)).toEqual({ '1;417': { 9: requisition } });
	expect(sentBefore([...moved].reverse())).toEqual({ '1;417': { 9: requisition } });
	expect(sentBefore([...moved, write('requisition', '80', 3, 'voided')])).toEqual({ '1;417': {} });
	const both = [...moved, write('directCost', '71', 4)];
	expect(sentBefore(both)).toEqual({ '1;417': { 9: requisition } });
	expect(sentBefore([write('directCost', '71', 1), write('requisition', '80', 2)])).toEqual({
		'1;417': { 9: requisition },
	});
	expect(sentBefore([...moved, write('costCode', '5', 4)])).toEqual({
		'1;417': { 9: requisition },
	});
});

test('the jobs a document named when it was sent last, and nothing else it touched', () => {
	const write = (touches: string | null, hour: number) =>
		sent('1;417', '9', {
			...{ procore_type: 'directCost', procore_id: '70', touches },
			at: `2026-03-01T0${hour}:00:00.000Z`,
		});
	const jobs = (...touches: Array<string | null>) =>
		sentBefore(touches.map((one, at) => write(one, at + 1)))['1;417']!['9']!.jobs;
	expect(jobs('|V:JOB|A:300-5110-02|J:300|J:JOB 7|DOC:J:1|')).toBe('|J:300|J:JOB 7|');
	expect(jobs('|J:300|', '|J:400|')).toBe('|J:400|');
	// Told from Procore, after a run that was cut off.
	expect(jobs('|J:300|', '|J:400|', '|VOUCHER:417|DOC:A-1|P:9|')).toBe('|J:400|');
	expect(jobs('|V:ACME|')).toBeUndefined();
	expect(jobs(null)).toBeUndefined();
});
