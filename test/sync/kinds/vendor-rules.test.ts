import type { DesiredVendor } from '../../../lib/model/desired';
import type { ActualVendor } from '../../../lib/procore/resources/vendors';
import { readOriginData, writeOriginData } from '../../../lib/sync/origin-data';
import { driftOf, vendorRules } from '../../../lib/sync/kinds/vendor';
import type { VendorLookup } from '../../../lib/sync/kinds/vendor-adoption';
import { vendor } from '../../procore/support/desired';

type Options = Parameters<typeof vendorRules>[1];
const ACME = vendor('ACME', { business_phone: '701 555', email_address: 'a@b.example' });
const there = (more: Partial<ActualVendor> = {}): ActualVendor => ({
	...{ id: '1', name: 'Acme', isActive: true, originId: null, originData: null },
	...{ originCode: null, fields: {} },
	...more,
});
const rulesFor = (all: ActualVendor[] = [], options: Options = {}) => {
	const lookup: VendorLookup = {
		withId: (id) => all.find((one) => one.id === id),
		withOriginId: (originId) => all.find((one) => one.originId === originId),
		withCode: (code) => all.filter((one) => one.originCode === code),
		withTaxId: () => [],
		withName: () => [],
	};
	return vendorRules(lookup, options);
};
const hash = rulesFor().hash(ACME);
const own = (more: Partial<ActualVendor> = {}, kept = {}) =>
	there({
		...{ originId: ACME.originId, fields: { ...ACME.vendor } },
		originData: writeOriginData({ src: 'gp', h: hash, ...kept }),
		...more,
	});

describe('the vendor of ours', () => {
	const compared = (actual: ActualVendor, options: Options = {}, desired = ACME) => {
		const rules = rulesFor([], options);
		const stored = readOriginData(actual.originData);
		return rules.compare(desired, actual, stored, rules.hash(desired)) as any;
	};

	test('stands as sent, is changed, or is set back', () => {
		expect(compared(own())).toBeUndefined();
		expect(compared(own({}, { h: 'of before' }))).toMatchObject({ outcome: 'updated' });
		expect(compared(own({ originData: null }))).toMatchObject({ outcome: 'updated' });
		const edited = own({ fields: { ...ACME.vendor, name: 'Other' } });
		const { outcome, driftSeen } = compared(edited);
		expect([outcome, compared(edited, { drift: 'keep' })]).toEqual(['updated', undefined]);
		const seen = own({ fields: edited.fields }, { d: driftSeen });
		expect(compared(seen)).toBeUndefined();
		const again = own({ fields: { ...edited.fields, name: 'More' } }, { d: driftSeen });
		expect(compared(again)).toMatchObject({ outcome: 'updated' });
	});

	test('what Procore refused of it is no edit', () => {
		const without = { ...ACME.vendor, email_address: undefined };
		expect(compared(own({ fields: without }, { x: ['email_address'] }))).toBeUndefined();
		expect(compared(own({ fields: without }, { x: ['zip'] }))).toMatchObject({
			...{ outcome: 'updated' },
		});
	});

	test('is made active again, or only told so where a batch did that and was cut off', () => {
		const options = { unrecordedBatches: ['B1'] };
		const inactive = (kept = {}) => compared(own({ isActive: false }, kept), options);
		expect(inactive()).toMatchObject({ outcome: 'reactivated', completes: false });
		expect(inactive({ b: 'B1', w: 'r' })).toMatchObject({ completes: true });
		expect(inactive({ b: 'B1', w: 'u' })).toMatchObject({ completes: false });
		expect(inactive({ b: 'B2', w: 'r' })).toMatchObject({ completes: false });
		expect(inactive({ b: 'B1', w: 'r', h: 'of before' })).toMatchObject({ completes: false });
		const closed = vendor('ACME', { ...ACME.vendor, is_active: false });
		const kept = { h: rulesFor().hash(closed) };
		const fields = { ...closed.vendor };
		expect(compared(own({ isActive: false, fields }, kept), {}, closed)).toBeUndefined();
	});
});

test('only what Procore shows can differ; telephone numbers by digits, mail in any case', () => {
	const drift = (fields: object) =>
		driftOf(there({ fields: fields as never }), ACME).map(({ field }) => field);
	expect(drift({})).toEqual([]);
	expect(drift({ business_phone: '(701) 555', email_address: 'A@B.example' })).toEqual([]);
	expect(drift({ business_phone: '701 556' })).toEqual(['business_phone']);
	expect(drift({ email_address: 'c@b.example', name: 'acme supplies' })).toEqual([
		...['name', 'email_address'],
	]);
	expect(drift({ business_phone: null, email_address: null })).toEqual([
		...['business_phone', 'email_address'],
	]);
	const fax = vendor('A', { fax_number: '1-2', mobile_phone: '3-4' });
	const shown = { fax_number: '12', mobile_phone: '35' };
	expect(driftOf(there({ fields: shown }), fax).map(({ field }) => field)).toEqual([
		...['mobile_phone'],
	]);
});

describe('before anything is compared', () => {
	const rule = (more: Partial<DesiredVendor>, actual?: ActualVendor, all: ActualVendor[] = []) =>
		rulesFor(all).rule!({ ...ACME, ...more }, actual) as any;

	test('a vendor without a name is refused', () => {
		expect(rule({ vendor: { ...ACME.vendor, name: ' ' } })).toMatchObject({
			...{ outcome: 'failed', reason: { code: 'name-missing' } },
		});
		expect(rule({})).toBeUndefined();
	});

	test('one that is linked to another than it is, is a conflict', () => {
		expect(rule({ procoreId: '1' }, own())).toBeUndefined();
		expect(rule({ procoreId: '2' })).toBeUndefined();
		expect(rule({}, own())).toBeUndefined();
		const linked = (all: ActualVendor[]) => rule({ procoreId: '2' }, own(), all);
		expect(linked([])).toMatchObject({
			...{ outcome: 'conflict', actual: { id: '1' }, reason: { code: 'linked-elsewhere' } },
		});
		expect(linked([]).reason.message).toMatch(/"Acme", .* names "2"\.$/);
		expect(linked([there({ id: '2', name: 'Bolt' })]).reason.message).toContain('names "Bolt"');
	});
});

describe('where none of ours stands', () => {
	const adopt = (desired: DesiredVendor, all: ActualVendor[], options: Options = {}) => {
		const rules = rulesFor(all, options);
		rules.begin!([desired]);
		return rules.adopt!(desired) as any;
	};
	const closed = vendor('ACME', { is_active: false });
	const coded = (more = {}) => there({ originCode: 'ACME', ...more });

	test('one is taken over, and made active where it is so in GP', () => {
		expect(adopt(ACME, [coded()])).toMatchObject({ outcome: 'adopted', actual: { id: '1' } });
		expect(adopt(ACME, [coded({ isActive: false })])).toMatchObject({ outcome: 'reactivated' });
		expect(adopt(closed, [coded({ isActive: false })])).toMatchObject({ outcome: 'adopted' });
		expect(adopt(ACME, [coded({ originId: 'other' })])).toMatchObject({
			...{ outcome: 'conflict', reason: { code: 'foreign-origin-id' } },
		});
	});

	test('it is made, unless it is inactive and that is not wanted', () => {
		expect(adopt(ACME, [], { inactivePolicy: 'skip' })).toBeUndefined();
		expect([adopt(closed, []), adopt(closed, [], { inactivePolicy: 'create' })]).toEqual([
			...[undefined, undefined],
		]);
		expect(adopt(closed, [], { inactivePolicy: 'skip' })).toMatchObject({
			...{ outcome: 'skipped', reason: { code: 'inactive-not-sent' } },
		});
	});

	test('not by two of the batch, whether it is the own of one or was taken before', () => {
		const [one, other] = [vendor('A', {}, { procoreId: '1' }), ACME];
		const rules = rulesFor([own()]);
		rules.begin!([one, other]);
		expect(rules.adopt!(one)).toMatchObject({ reason: { code: 'foreign-origin-id' } });
		const free = rulesFor([there()]);
		free.begin!([one]);
		expect(free.adopt!(one)).toMatchObject({ outcome: 'adopted' });
		free.planned!({ desired: other } as never);
		expect(free.adopt!(one)).toMatchObject({ outcome: 'adopted' });
		free.planned!({ actual: there(), desired: other } as never);
		expect((free.adopt!(one) as any).reason.message).toContain('"ACME Supplies" (ACME)');
	});
});

test('the row has what GP has, what that changes, and what it came of', () => {
	const rules = rulesFor();
	const row = (desired: DesiredVendor, actual?: ActualVendor) =>
		rules.row(desired, { outcome: 'updated', actual }, 'h') as any;
	expect(row(ACME)).toMatchObject({ fields: ACME.vendor, keeps: {} });
	expect(row({ ...ACME, source: { ...ACME.source, content: 'G' } }).keeps).toEqual({ g: 'G' });
	const before = own({ fields: { ...ACME.vendor, name: 'Old' } });
	expect(row(ACME, before).changes).toEqual([
		{ field: 'name', before: 'Old', after: 'ACME Supplies' },
	]);
});
