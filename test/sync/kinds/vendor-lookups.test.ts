import type { DesiredVendor } from '../../../lib/model/desired';
import {
	PLANNED,
	putIntoDirectory,
	VendorDirectory,
	VendorIds,
} from '../../../lib/sync/kinds/vendor-directory';
import { readOriginData, writeOriginData } from '../../../lib/sync/origin-data';
import { clientOf, directCost, vendor } from '../../procore/support/desired';
import { FakeProcore, reply, silence } from '../../procore/support/fake-procore';

let fake: FakeProcore;
let directory: VendorDirectory;
beforeEach(() => {
	fake = new FakeProcore();
	directory = new VendorDirectory();
});
const client = (more = {}) => clientOf(fake.transport, more);
const stand = (id: number, more: Record<string, unknown> = {}) =>
	fake.vendors.push({ id, name: `Firm ${id}`, is_active: true, ...more });
/** What was asked for: the filter of each call, or which list. */
const asked = () => {
	const calls = fake.requests.map(({ path, query }) => {
		const filters = [...query].filter(([name]) => name.startsWith('filters'));
		if (path.endsWith('/inactive')) return 'inactive';
		return filters.map(([name, value]) => `${name.slice(8, -1)} ${value}`).join() || 'all';
	});
	fake.requests = [];
	return calls;
};
const DATA = writeOriginData({ src: 'gp', h: 'h' });
const ID = 'origin_id GP:TWO:V:ACME';

describe('a few vendors are looked for one by one', () => {
	const calls = async (fields = {}, more: Partial<DesiredVendor> = {}, options = {}) => {
		await directory.readCandidates(client(options), [vendor('ACME', fields, more)]);
		return asked();
	};

	test('by origin id, among the inactive ones, by code, then by name', async () => {
		expect(await calls()).toEqual([ID, 'inactive', 'search ACME', 'search ACME']);
		// What is known to be inactive is known for all.
		expect(await calls()).toEqual([ID, 'search ACME', 'search ACME']);
	});

	test('no further than the one that has its origin id', async () => {
		stand(1, { origin_id: 'GP:TWO:V:ACME' });
		expect(await calls()).toEqual([ID]);
		fake.vendors[0].is_active = false;
		directory = new VendorDirectory();
		expect(await calls()).toEqual([ID, 'inactive']);
	});

	test('by the id it is linked to, and by nothing else', async () => {
		expect(await calls({}, { procoreId: '9' })).toEqual([ID, 'inactive', 'id][ 9']);
	});

	test('not by a code or name it does not have', async () => {
		expect(await calls({ origin_code: ' ', name: ' ' })).toEqual([ID, 'inactive']);
	});

	test('not by name where one alone has its code', async () => {
		stand(1, { origin_code: ' acme ' });
		expect(await calls()).toEqual([ID, 'inactive', 'search ACME']);
		expect(directory.withCode(' Acme ').map(({ id }) => id)).toEqual(['1']);
		stand(2, { origin_code: 'ACME' });
		directory = new VendorDirectory();
		expect(await calls()).toEqual([ID, 'inactive', 'search ACME', 'search ACME']);
	});

	test('by name where the one with its code is that of another vendor of GP', async () => {
		stand(1, { origin_code: 'ACME', origin_id: 'GP:TWO:V:OTHER', origin_data: DATA });
		expect(readOriginData(DATA)).not.toBeNull();
		expect(await calls()).toEqual([ID, 'inactive', 'search ACME', 'search ACME']);
	});

	test('one found by its code may be the one, sent under another spelling', async () => {
		stand(1, { origin_code: 'ACME', origin_id: 'GP:TWO:V:Acme', origin_data: DATA });
		expect(await calls()).toEqual([ID, 'inactive', 'search ACME']);
	});

	test('all are read where one may be known by its tax id', async () => {
		const options = { taxIdKey: 'k'.repeat(32) };
		expect(await calls({}, { taxIdMatch: 'T' }, options)).toEqual([
			...[ID, 'inactive', 'search ACME', 'all'],
		]);
		directory = new VendorDirectory();
		const further = [ID, 'inactive', 'search ACME', 'search ACME'];
		expect(await calls({}, { taxIdMatch: 'T' })).toEqual(further);
		directory = new VendorDirectory();
		expect(await calls({}, {}, options)).toEqual(further);
		stand(1, { origin_code: 'ACME' });
		directory = new VendorDirectory();
		expect(await calls({}, { taxIdMatch: 'T' }, options)).toEqual([ID, 'inactive', 'search ACME']);
	});

	test.each([
		['The Steel & Sons', 'Steel'],
		['Co  "Best" Co', 'Best'],
		['(North) Star', 'North'],
		['J-3 abcd1. West', 'abcd1'],
		['ABC Co', 'ABC Co'],
		['3M', '3M'],
		['Café-Bar. x', 'Café-Bar'],
	])('the name "%s" is looked for by "%s"', async (name, word) => {
		expect(await calls({ name, origin_code: 'X1' })).toEqual([
			...[ID, 'inactive', 'search X1', `search ${word}`],
		]);
	});

	test('more than five, or where all are known, are read whole', async () => {
		const six = Array.from({ length: 6 }, (_, index) => vendor(`V${index}`));
		await directory.readCandidates(client(), six.slice(0, 1));
		asked();
		await directory.readCandidates(client(), six);
		expect(asked()).toEqual(['all']);
		await directory.readCandidates(client(), six.slice(0, 1));
		expect(asked()).toEqual([]);
		directory = new VendorDirectory();
		await directory.readCandidates(client(), six.slice(1));
		expect(asked()).toContain('origin_id GP:TWO:V:V1');
	});
});

test('inactive vendors are read once; a reading that failed counts for nothing', async () => {
	stand(1, { is_active: false });
	fake.vendors.push({ name: 'no id', is_active: false });
	fake.diesAfter = 0;
	await expect(directory.readInactive(client())).rejects.toThrow();
	fake.diesAfter = Infinity;
	fake.requests = [];
	await Promise.all([directory.readInactive(client()), directory.readInactive(client())]);
	expect(asked()).toEqual(['inactive']);
	expect([...directory.all()]).toMatchObject([{ id: '1', isActive: false }]);
});

describe('the vendors documents name', () => {
	const documents = (...keys: string[]) =>
		keys.map((key) => directCost(key, [], { vendorOriginId: `GP:TWO:V:${key}` }));
	const ids = (dryRun = false) => new VendorIds(client(), directory, { dryRun });
	const numbers = (count: number) => Array.from({ length: count }, (_, index) => String(index));

	test('are looked for once, and not where none is needed', async () => {
		stand(1, { origin_id: 'GP:TWO:V:1' });
		const found = ids();
		const [one] = documents('1');
		await found.resolve([
			...[
				{ ...one, voided: true },
				{ ...one, vendorId: '5' },
			],
			{ ...one, vendorOriginId: undefined },
		]);
		expect(asked()).toEqual([]);
		await found.resolve([one, one]);
		expect(asked()).toEqual(['origin_id GP:TWO:V:1']);
		expect(found.of(one)).toBe('1');
		await found.resolve(documents('1', '2'));
		expect(asked()).toEqual(['origin_id GP:TWO:V:2', 'inactive']);
		await found.resolve(documents('2'));
		expect(asked()).toEqual([]);
		expect(found.of(documents('2')[0])).toBeUndefined();
	});

	test('are read whole where many are missing, or one may be spelled otherwise', async () => {
		numbers(6).forEach((key) => stand(Number(key) + 1, { origin_id: `GP:TWO:V:${key}` }));
		await ids().resolve(documents(...numbers(6)));
		expect(asked()).toEqual(['all', 'inactive']);
		directory = new VendorDirectory();
		await ids().resolve(documents(...numbers(5)));
		expect(asked()).toEqual(numbers(5).map((key) => `origin_id GP:TWO:V:${key}`));
		await ids().resolve(documents('ACME'));
		expect(asked()).toEqual([ID, 'inactive', 'all']);
	});

	test('are found under the spelling they were sent with', async () => {
		stand(1, { origin_id: 'GP:TWO:V:Acme' });
		const [one] = documents('ACME').map((cost) => ({
			...{ ...cost, formerVendorOriginIds: ['GP:TWO:V:acme', 'GP:TWO:V:Acme'] },
		}));
		const found = ids();
		await found.resolve([one]);
		expect(asked()).toEqual([ID, 'origin_id GP:TWO:V:acme', 'origin_id GP:TWO:V:Acme']);
		expect(found.of(one)).toBe('1');
	});

	test('by their own id, or in a dry run as the one that would be made or taken over', () => {
		const [one, other] = documents('1', '2');
		directory.wouldBeLinked.set('GP:TWO:V:1', undefined).set('GP:TWO:V:2', '22');
		expect(ids(true).of(one)).toBe(`${PLANNED} GP:TWO:V:1`);
		expect(ids(true).of(other)).toBe('22');
		expect(ids(true).of(documents('3')[0])).toBeUndefined();
		expect(ids(false).of(one)).toBeUndefined();
		expect(ids(true).of({ ...one, vendorId: '5' })).toBe('5');
		expect(ids(true).of({ ...one, vendorOriginId: undefined })).toBeUndefined();
	});
});

describe('putting a vendor into the directory of a project', () => {
	const noted: unknown[] = [];
	const put = (vendorsAdded: Set<string>) =>
		putIntoDirectory(client(), { projectId: '9001', vendorsAdded }, '7', (one) => noted.push(one));
	beforeEach(() => (noted.length = 0));

	test('is done and noted once', async () => {
		fake.intercept = () => reply(201, { id: 7 });
		const added = new Set<string>();
		expect([await put(added), await put(added)]).toEqual([true, true]);
		expect(fake.requests).toHaveLength(1);
		expect(noted).toMatchObject([
			{
				...{ outcome: 'updated', procore: { type: 'vendor', id: '7', projectId: '9001' } },
				changes: [{ field: 'project directory', before: null, after: '9001' }],
			},
		]);
	});

	test('may be refused, which is no reason to stop; a dead network is', async () => {
		fake.intercept = () => reply(403, { errors: ['no access'] });
		expect([await put(new Set()), noted]).toEqual([false, []]);
		fake.intercept = () => silence('ECONNREFUSED');
		await expect(put(new Set())).rejects.toMatchObject({ scope: 'transport' });
	});
});
