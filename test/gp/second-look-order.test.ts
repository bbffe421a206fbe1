import { EMPTY_WATERMARK } from '../../lib/model/gp-changes';
import { FakeGp, vendorRow } from './support/fake-gp';
import { clientFor, siteFor } from './support/client';

/** How the lists of a second look are ordered, after a first reading of changes. */
async function orders(
	settings: ConstructorParameters<typeof FakeGp>[0],
	profile: Parameters<typeof siteFor>[0] = {},
): Promise<Array<string | null>> {
	const gp = new FakeGp(settings).put('vendor', vendorRow('ACME0001', '2026-05-01T10:00:00.000Z'));
	const { client } = clientFor(gp, { site: siteFor(profile) });
	const watermark = { ...EMPTY_WATERMARK, since: '2026-01-01' };
	await client.readChanges('vendor', { watermark, limit: 500, cursor: null });
	const before = gp.log.length;
	const { keys } = await client.secondLook('vendor');
	expect([...keys]).toEqual(['ACME0001']);
	return [
		...new Set(gp.log.slice(before).map((url) => /\$orderby=([^&]*)/.exec(url)?.[1] ?? null)),
	];
}

const vendor = (given: object) => ({ entities: { vendor: given } }) as never;

describe('a second look goes through the list in another order', () => {
	test('by the change stamp, the latest first, where the profile asks for none', async () => {
		expect(await orders({})).toEqual(['ModifiedDate desc']);
	});

	test('the order of the profile turned round, field by field', async () => {
		const asked = vendor({ orderBy: ['VendorId asc', 'Name', 'City DESC'] });
		expect(await orders({}, asked)).toEqual(['VendorId desc,Name desc,City desc']);
	});

	test('in none where nothing is known to order by', async () => {
		expect(await orders({}, vendor({ stampField: null }))).toEqual([null]);
	});

	test('in none where the first reading was refused every word of a query', async () => {
		expect(await orders({ refuses: ['everything'] })).toEqual([null]);
	});

	test('in none once this service has refused it', async () => {
		expect(await orders({ refuses: ['orderby'] })).toEqual(['ModifiedDate desc', null]);
	});
});
