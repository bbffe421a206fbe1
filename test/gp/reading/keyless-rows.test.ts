import { EMPTY_WATERMARK } from '../../../lib/model/gp-changes';
import { clientFor } from '../support/client';
import { FakeGp, payableRow, vendorRow } from '../support/fake-gp';
import { readRun } from '../support/read-run';

const STAMP = '2026-06-01T10:00:00.000Z';
const rowOf = { vendor: vendorRow, payable: payableRow };

describe.each(['vendor', 'payable'] as const)('a %s whose list row names no key', (entity) => {
	const given = (summary: boolean) => {
		const keyless = rowOf[entity]('x', STAMP);
		keyless.fields.Key = { Id: ' ' };
		return new FakeGp({ summary }).put(entity, rowOf[entity]('1', STAMP), keyless);
	};

	test.each([true, false])(
		'is told once, and GP is asked for no such record, nor for the whole list (summaries: %s)',
		async (summary) => {
			const gp = given(summary);
			const { client } = clientFor(gp);
			const first = await readRun(client, entity, EMPTY_WATERMARK);
			expect(first.faults).toMatchObject([{ key: expect.stringMatching(/^#[0-9A-F]{24}$/) }]);
			let { watermark } = first;
			for (let run = 0; run < 2; run += 1) {
				const before = gp.log.length;
				const again = await readRun(client, entity, watermark);
				expect([again.records, again.faults]).toEqual([[], []]);
				const asked = gp.log.slice(before);
				expect(asked.some((url) => url.includes('(#'))).toBe(false);
				const lists = asked.filter((url) => gp.listRequests.includes(url));
				expect(lists.every((url) => url.includes('$filter'))).toBe(true);
				({ watermark } = again);
			}
		},
	);

	test('is told again as soon as it says something else, and comes once it has its key', async () => {
		const gp = given(false);
		const { client } = clientFor(gp);
		const { watermark } = await readRun(client, entity, EMPTY_WATERMARK);
		gp.rows[entity].get(entity === 'vendor' ? 'x' : '1;x')!.fields.Note = 'another';
		const other = await readRun(client, entity, watermark);
		expect(other.faults).toHaveLength(1);
		gp.put(entity, rowOf[entity]('x', STAMP));
		const mended = await readRun(client, entity, other.watermark);
		expect(mended.records).toHaveLength(1);
		expect(mended.faults).toEqual([]);
	});
});
