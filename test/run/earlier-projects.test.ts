import { earlierProjects } from '../../lib/run/batch';
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
