import { Clashes } from '../../../lib/gp/reading/entity-reader';
import { document, firm, malformed, whole } from '../support/listed-rows';

describe('rows of one answer with one key', () => {
	const clashes = new Clashes('payable');
	const row = (key: string, more = {}) => whole(document(key, null, more));

	test('that say different things are faults, here and wherever they come again', async () => {
		const other = row('1;1', { documentNumber: 'X' });
		const found = await clashes.among([row('1;1'), row('1;2'), other]);
		expect(found.map(({ key, fault }) => [key, fault?.message])).toEqual([
			['1;1', expect.stringContaining('several rows of one answer')],
			['1;2', undefined],
			['1;1', expect.stringContaining('several rows of one answer')],
		]);
		expect(found[0]).toMatchObject({ record: null, pending: null });
		expect((await clashes.among([row('1;1')]))[0]!.fault).not.toBeNull();
		expect((await clashes.among([row('1;2')]))[0]!.fault).toBeNull();
	});

	test('are named in the fault, malformed ones too', async () => {
		const own = await new Clashes('payable').among([row('1;1'), malformed('1;1')]);
		expect(own[0]!.fault!.details).toMatchObject({ entity: 'payable', key: '1;1' });
		const other = await new Clashes('payable').among([malformed('1;1'), row('1;1')]);
		expect(other.every(({ fault }) => fault !== null)).toBe(true);
	});

	test('that are equal, or a document on its way from one table to the next, are none', async () => {
		const fine = new Clashes('payable');
		const rows = [row('1;1'), row('1;1'), row('1;2'), row('1;2', { state: 'history' })];
		expect(await fine.among(rows)).toEqual(rows);
		const apart = [[row('1;3')], [row('1;3', { documentNumber: 'X' })]];
		for (const page of apart) expect(await fine.among(page)).toEqual(page);
		const firms = [whole(firm('A', null)), whole(firm('A', null, 'Other'))];
		const named = await new Clashes('vendor').among(firms);
		expect(named.every(({ fault }) => fault !== null)).toBe(true);
	});
});
